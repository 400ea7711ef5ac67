import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { calls, meterEvents } from "@/db/schema";
import { listBalances } from "@/lib/ledger";
import { DAY, HOUR, MINUTE, meteredTests } from "@/tests/metered-business";
import { applyInvoice, applyProposal, sendUsage } from "..";

const { business, meter } = await meteredTests();

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
  expect((await made.states()).filter(([, state]) => state === "given_up")).toHaveLength(1);
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({ ok: true });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(1 + 1);
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
  expect((await made.states()).filter(([, state]) => state === "cancelling")).toHaveLength(2);
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
  expect((await made.states()).filter(([, state]) => state === "credited")).toEqual([
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
  expect((await made.states()).at(-1)).toEqual([-5, "credited"]);
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
  expect((await made.states()).sort()).toEqual([
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
    expect((await made.states()).map(([, state]) => state)).toEqual([fits ? "sent" : "cancelling"]);
  }
});
