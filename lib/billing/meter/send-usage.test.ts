import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { calls, meterEvents, subscriptions } from "@/db/schema";
import { listBalances } from "@/lib/ledger";
import { anyDatabase } from "@/tests/database";
import { DAY, HOUR, MINUTE, meteredBusiness, type OpenMeter, openMeter } from "@/tests/metered-business";
import { applyInvoice, applyProposal, queueMissedUsage, recordMeterErrors, sendUsage } from "..";
import type { MeterPort } from "../ports";

let database: Database;
let meter: OpenMeter;
beforeAll(async () => {
  database = await anyDatabase();
  meter = await openMeter();
});
afterAll(() => meter.close());
afterEach(() => meter.heal());

const business = (row?: Parameters<typeof meteredBusiness>[2]) => meteredBusiness(database, meter, row);
const statesOf = async (made: Awaited<ReturnType<typeof business>>) =>
  (await made.events()).map(({ minutes, state }) => [minutes, state]);

it("a call's minutes reach the meter once, whatever Stripe answers on the way; a trial's never do", async () => {
  const made = await business();
  await made.call(3);
  await made.call(4);
  await made.call(9, 11 * DAY);
  await made.call(7, HOUR, { kind: "test" });
  await meter.fault([
    { kind: "429", times: 1, path: "/v1/billing/meter_events" },
    { kind: "500", times: 3, path: "/v1/billing/meter_events" },
    { kind: "reset-after", times: 1, path: "/v1/billing/meter_events" },
  ]);
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "later", sent: 0 });
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 0 });
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("later");
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 0 });
  expect(await made.counted()).toBe(7);
  expect((await statesOf(made)).sort()).toEqual([
    [3, "sent"],
    [4, "sent"],
  ]);
});

it("a call whose end was told waits for its report; what was counted before the subscription was known is sent too", async () => {
  const made = await business({ customerRef: null });
  const callId = await made.call(5, MINUTE, { reported: false });
  expect(await made.events()).toEqual([]);
  await made.inOrg((tx) => tx.update(subscriptions).set({ customerRef: made.customerRef }));
  expect(await queueMissedUsage(made.ctx)).toBe(1);
  expect(await queueMissedUsage(made.ctx)).toBe(0);
  await made.call(2, MINUTE, { reported: false });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(5);
  await made.correct(callId, 6);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(8);
});

it("a change of plan that lies ahead settles nothing that is used before it", async () => {
  const made = await business({ minutesFrom: new Date(meter.clock.now().getTime() + 10 * DAY) });
  await made.call(3);
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 1 });
  expect(await made.counted()).toBe(3);
});

it("minutes that a closed meter refuses wait, seen once, and are sent when it is open again", async () => {
  const made = await business();
  await made.call(3);
  await made.call(4);
  const { data } = await meter.stripe.billing.meters.list();
  const id = data[0]?.id ?? "";
  await meter.stripe.billing.meters.deactivate(id);
  await meter.control("POST", "/settings", { meterErrors: "at-once" });
  try {
    for (let n = 0; n < 3; n++) {
      expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("later");
      await made.hurry();
    }
  } finally {
    await meter.stripe.billing.meters.reactivate(id);
    await meter.control("POST", "/settings", { meterErrors: "later" });
  }
  const items = await made.items();
  expect(items).toMatchObject([{ kind: "meter_refused", subject: made.orgId, isOpen: true }]);
  const asked = await applyProposal(made.ctx, meter.port, items[0]?.id ?? "");
  expect(asked).toMatchObject({ ok: false, reason: "by_hand" });
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await made.counted()).toBe(7);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "gone" }]);
});

it("one at a time for a customer: another who would send meanwhile leaves it", async () => {
  const made = await business();
  for (let n = 0; n < 5; n++) await made.call(1, HOUR + n * MINUTE);
  await meter.control("POST", "/faults", { meterEventMs: 20 });
  const all = await Promise.all([1, 2, 3].map(() => sendUsage(made.ctx, meter.port)));
  expect(all.map(({ outcome }) => outcome).sort()).toEqual(["done", "taken", "taken"]);
  expect(await made.counted()).toBe(5);
});

it("whoever has no time goes on later: what is left is the next one's", async () => {
  const made = await business();
  for (let n = 0; n < 8; n++) await made.call(1, HOUR + n * MINUTE);
  await meter.control("POST", "/faults", { meterEventMs: 60 });
  const first = await sendUsage(made.ctx, meter.port, { mostMs: 150 });
  expect(first.outcome).toBe("later");
  expect(first.sent).toBeLessThan(8);
  await meter.heal();
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 8 - first.sent });
  expect(await made.counted()).toBe(8);
});

it("a correction that fails again and again keeps no other back, and in the end somebody sees it", async () => {
  const made = await business();
  const stuck = await made.call(6, HOUR);
  const other = await made.call(5);
  await sendUsage(made.ctx, meter.port);
  const fails = () => meter.fault([{ kind: "429", times: 1, path: "/v1/billing/meter_event_adjustments" }]);
  for (const callId of [stuck, other]) await made.correct(callId, 1);
  await fails();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await made.counted()).toBe(6 + 1);
  await made.inOrg((tx) => tx.update(meterEvents).set({ attempts: 19 }));
  await made.hurry();
  await fails();
  await sendUsage(made.ctx, meter.port);
  const [item] = await made.items();
  expect(item).toMatchObject({ kind: "meter_refused", subject: stuck, facts: { why: "failed" }, isOpen: true });
  expect((await statesOf(made)).filter(([, state]) => state === "given_up")).toHaveLength(1);
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({ ok: true });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(1 + 1);
});

it("a correction ends with the right count, wherever whoever makes it dies", async () => {
  const steps: [number, number][] = [
    [5, 8],
    [5, 3],
    [5, 0],
  ];
  for (const [before, after] of steps)
    for (let fatal = 1; fatal <= 3; fatal++) {
      const made = await business();
      const callId = await made.call(before);
      await sendUsage(made.ctx, meter.port);
      await made.correct(callId, after);
      await diesAfter(made, fatal);
      if (fatal % 2) await made.correct(callId, after + 1);
      await made.hurry();
      expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
      expect(await made.counted(), `${before} to ${after}, dead after ${fatal}`).toBe(fatal % 2 ? after + 1 : after);
    }
});

/** Answers up to a number of requests; after that one is done, nobody ever hears of it again. */
async function diesAfter(made: Awaited<ReturnType<typeof business>>, fatal: number): Promise<void> {
  let asked = 0;
  let died = () => {};
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  const mortal =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const answer = await work(...given);
      if (++asked < fatal) return answer;
      died();
      return new Promise<T>(() => {});
    };
  const port: MeterPort = {
    ...meter.port,
    reportMinutes: mortal(meter.port.reportMinutes),
    cancelMinutes: mortal(meter.port.cancelMinutes),
  };
  await Promise.race([sendUsage(made.ctx, port), death]);
  await made.dropLease();
}

it("what nobody remembers after a day is asked for before it is sent again", async () => {
  const made = await business();
  await made.call(3, 10 * MINUTE);
  await made.call(4, HOUR);
  await diesAfter(made, 1);
  await meter.skip(2 * DAY);
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await made.counted()).toBe(7);
  expect((await statesOf(made)).map(([, state]) => state)).toEqual(["sent", "sent"]);
});

it("minutes that the meter keeps come back as a credit once they were charged, as far as they cost anything", async () => {
  const made = await business();
  const first = await made.call(9);
  const second = await made.call(6);
  await sendUsage(made.ctx, meter.port);
  await meter.skip(2 * DAY);
  await made.correct(first, 4);
  await made.correct(second, 1);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect((await statesOf(made)).filter(([, state]) => state === "cancelling")).toHaveLength(2);
  const to = new Date(made.began.getTime() + 30 * DAY);
  await meter.skip(25 * DAY);
  await made.invoice(307, { from: made.began, to });
  for (let n = 0; n < 2; n++) {
    await made.hurry();
    await sendUsage(made.ctx, meter.port);
  }
  const { data } = await meter.stripe.invoiceItems.list({ customer: made.customerRef });
  expect(data.map(({ amount }) => amount).sort()).toEqual([-125, -50]);
  const balances = await listBalances(made.ctx);
  expect(balances.find(({ account }) => account === "billing.credits")?.net).toBe(-175n);
  expect((await statesOf(made)).filter(([, state]) => state === "credited")).toEqual([
    [-5, "credited"],
    [-5, "credited"],
  ]);
});

it("a credit waits for its invoice for three days; then somebody sees it, and can have it given once the invoice is there", async () => {
  const made = await business();
  const callId = await made.call(309);
  await sendUsage(made.ctx, meter.port);
  await meter.skip(2 * DAY);
  await made.correct(callId, 304);
  for (const days of [1, 18, 4]) {
    expect(await made.items()).toEqual([]);
    await meter.skip(days * DAY);
    await made.hurry();
    await sendUsage(made.ctx, meter.port);
  }
  const [item] = await made.items();
  expect(item).toMatchObject({ kind: "meter_refused", subject: callId, facts: { why: "not_invoiced", minutes: -5 } });
  await made.invoice(309, { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) });
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({ ok: true });
  await sendUsage(made.ctx, meter.port);
  expect((await statesOf(made)).at(-1)).toEqual([-5, "credited"]);
});

it("a credit for a period whose beginning nobody has told us of waits for the end of that period", async () => {
  const ended = new Date(meter.clock.now().getTime() - 5 * DAY);
  const made = await business({ periodStartsAt: new Date(ended.getTime() - 30 * DAY), periodEndsAt: ended });
  const callId = await made.call(4);
  await sendUsage(made.ctx, meter.port);
  await meter.skip(2 * DAY);
  await made.correct(callId, 1);
  await sendUsage(made.ctx, meter.port);
  expect(await made.items()).toEqual([]);
  const [, correction] = await made.events();
  expect(correction).toMatchObject({ state: "cancelling", problem: "waits_for_invoice" });
  expect(correction?.nextAttemptAt.getTime()).toBeGreaterThan(ended.getTime() + 27 * DAY);
});

it("what is too late for the meter is an item with what it would cost, not a charge; within the included minutes it is nothing", async () => {
  const made = await business();
  await meter.skip(25 * DAY);
  const late = await made.call(4, 22 * DAY);
  await made.invoice(298, { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) });
  await sendUsage(made.ctx, meter.port);
  expect(await made.items()).toMatchObject([
    {
      kind: "meter_too_late",
      subject: late,
      facts: { minutes: 4, amount: "50", why: "period_invoiced" },
      isOpen: true,
    },
  ]);
  await made.correct(late, 2);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "within_included" }]);
  const old = await business({
    billedEvery: "year",
    billedFrom: new Date(0),
    periodStartsAt: new Date(0),
    periodEndsAt: new Date("2099-01-01"),
  });
  await old.call(4, 36 * DAY);
  await sendUsage(old.ctx, meter.port);
  expect(await old.items()).toMatchObject([
    { kind: "meter_too_late", facts: { minutes: 4, amount: null, why: "too_old" } },
  ]);
  expect(await old.counted()).toBe(0);
});

it("what is too late is late once, though its report came before its end was worked on", async () => {
  const made = await business({
    billedEvery: "year",
    billedFrom: new Date(0),
    periodStartsAt: new Date(0),
    periodEndsAt: new Date("2099-01-01"),
  });
  const callId = await made.call(5, 36 * DAY, { reported: false });
  await made.inOrg((tx) => tx.update(calls).set({ reported: true }).where(eq(calls.id, callId)));
  await made.correct(callId, 6);
  await sendUsage(made.ctx, meter.port);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect((await statesOf(made)).sort()).toEqual([
    [5, "cancelled"],
    [6, "given_up"],
  ]);
});

it("minutes from before a change of plan that come after it cost what they did by the plan that held", async () => {
  const changedAt = new Date(meter.clock.now().getTime() - 2 * DAY);
  const made = await business({ plan: "growth", billedEvery: "year", minutesFrom: changedAt });
  await made.invoice(299, { from: made.began, to: changedAt });
  const late = await made.call(3, 3 * DAY);
  await made.call(2, DAY);
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(2);
  expect(await made.items()).toMatchObject([
    { kind: "meter_too_late", subject: late, facts: { minutes: 3, amount: "50", why: "period_invoiced" } },
  ]);
});

it("an invoice that is drafted late takes minutes late; what comes after it closed does not fit", async () => {
  for (const [ago, fits] of [
    [10 * MINUTE, true],
    [2 * HOUR, false],
  ] as const) {
    const ended = new Date(meter.clock.now().getTime() - 5 * HOUR);
    const began = new Date(ended.getTime() - 30 * DAY);
    const made = await business({ billedFrom: began, periodStartsAt: began, periodEndsAt: ended });
    await made.call(4, 6 * HOUR);
    await sendUsage(made.ctx, meter.port);
    expect(await made.counted()).toBe(0);
    const span = { periodStartsAt: began, periodEndsAt: ended };
    const line = { ref: "il_1", description: "Minutes", plan: "starter", planVersion: 1, quantity: 0n, amount: 0n };
    await applyInvoice(made.ctx, {
      readingNo: 1n,
      invoice: {
        ...{ ref: `in_${made.orgId}`, customerRef: made.customerRef, subscriptionRef: null, number: null, ...span },
        ...{ status: "draft", reason: "subscription_cycle", currency: "USD", subtotal: 0n, tax: 0n, total: 0n },
        ...{ amountDue: 0n, amountPaid: 0n, balanceApplied: 0n, creditedBefore: 0n, payments: [] },
        ...{ issuedAt: new Date(meter.clock.now().getTime() - ago), paidAt: null, givenUpAt: null, voidedAt: null },
        ...{ nextAttemptAt: null, lines: [{ ...line, ...span, kind: "minutes", billedEvery: "month" }] },
      },
    });
    await sendUsage(made.ctx, meter.port);
    expect(await made.counted()).toBe(fits ? 4 : 0);
    expect((await statesOf(made)).map(([, state]) => state)).toEqual([fits ? "sent" : "cancelling"]);
  }
});

it("what Stripe took into a meter that was not active is one item that counts, and is sent again once it is", async () => {
  const made = await business();
  for (let n = 0; n < 3; n++) await made.call(2, HOUR + n * MINUTE);
  const [counts] = (await meter.stripe.billing.meters.list()).data;
  await meter.stripe.billing.meters.deactivate(counts?.id ?? "");
  const refused = async () => {
    await meter.control("POST", "/deliveries/settle", {});
    for (const { id, type } of (await meter.stripe.v2.core.events.list({ limit: 5 })).data)
      if (type === "v1.billing.meter.error_report_triggered")
        await recordMeterErrors(made.ctx, () => made.ctx, meter.port, id);
  };
  try {
    expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 3 });
    await refused();
    await refused();
    const [item, ...more] = await made.items();
    expect(more).toEqual([]);
    expect(item).toMatchObject({ kind: "meter_refused", facts: { why: "inactive", events: 3, minutes: 6 } });
    const asked = await applyProposal(made.ctx, meter.port, item?.id ?? "");
    expect(asked).toMatchObject({ ok: false, reason: "by_hand" });
    await made.call(5);
    expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "later", sent: 0 });
  } finally {
    await meter.stripe.billing.meters.reactivate(counts?.id ?? "");
  }
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 4 });
  expect(await made.counted()).toBe(11);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "gone" }]);
});

it("what Stripe says later that it did not count is one item with the reason, told twice too, and all of it can be sent again", async () => {
  const made = await business({ customerRef: `cus_gone${Date.now()}` });
  await made.call(3);
  await made.call(4);
  await sendUsage(made.ctx, meter.port);
  await meter.control("POST", "/deliveries/settle", {});
  const { data } = await meter.stripe.v2.core.events.list({ limit: 5 });
  const eventRef = data.find(({ type }) => type === "v1.billing.meter.error_report_triggered")?.id ?? "";
  const record = () => recordMeterErrors(made.ctx, () => made.ctx, meter.port, eventRef);
  expect(await record()).toMatchObject({ recorded: 2, unplaced: 0 });
  expect(await record()).toMatchObject({ recorded: 2 });
  const items = await made.items();
  const facts = { events: 2, minutes: 7, why: "unknown_customer" };
  expect(items).toMatchObject([{ kind: "meter_unknown_customer", subject: made.orgId, facts, isOpen: true }]);
  expect((await statesOf(made)).map(([, state]) => state)).toEqual(["refused", "refused"]);
  await made.inOrg((tx) => tx.update(subscriptions).set({ customerRef: made.customerRef }));
  expect(await applyProposal(made.ctx, meter.port, items[0]?.id ?? "")).toMatchObject({ value: "sent_again" });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(7);
});
