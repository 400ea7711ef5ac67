import { afterAll, expect, it } from "vitest";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { openSubscribers, pages } from "@/tests/billing/subscribers";
import { subscriptionRow } from "@/tests/emulated-stripe";
import { testContext } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import {
  cancelSubscription,
  countUsage,
  endSubscription,
  openPortal,
  readStanding,
  reconcileBilling,
  resumeSubscription,
  sendUsage,
  setSpendingCap,
  syncSubscription,
} from "..";

const { audit, clock, database, engine, skip, subscribed } = await openSubscribers();
afterAll(() => engine.emulator.close());

it("a failed payment is grace, then limits, and paying ends it; so does cancelling, which limits when it is due", async () => {
  const { ctx, ref, customer } = await subscribed();
  const ends = (await subscriptionRow(ctx))?.periodEndsAt ?? new Date();
  const stands = async (msAfter: number) => {
    const now = { ...ctx, clock: fixedClock(new Date(ends.getTime() + msAfter).toISOString()) };
    await syncSubscription(now, engine.port);
    return (await readStanding(now))?.standing;
  };
  const day = 86_400_000;
  const bad = await engine.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await engine.stripe.subscriptions.update(ref, { default_payment_method: bad.id });
  await skip(Math.ceil((ends.getTime() - clock.now().getTime()) / 1000) + 2 * 3600);
  expect(await stands(3 * 3_600_000)).toMatchObject({ state: "grace" });
  expect(await stands(13 * day)).toMatchObject({ state: "grace" });
  expect(await stands(15 * day)).toMatchObject({ state: "limited", because: "payment_failed" });
  const good = await engine.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await engine.stripe.subscriptions.update(ref, { default_payment_method: good.id });
  const { data } = await engine.stripe.invoices.list({ customer, status: "open" });
  await engine.stripe.invoices.pay(data[0]?.id ?? "");
  expect(await stands(15 * day)).toEqual({ state: "active", until: null });
  expect(await cancelSubscription(ctx, engine.port)).toMatchObject({ ok: true });
  const until = (await subscriptionRow(ctx))?.cancelAt ?? new Date(0);
  expect(await stands(15 * day)).toEqual({ state: "active", until });
  expect(await stands(until.getTime() - ends.getTime())).toMatchObject({ state: "limited", because: "canceled" });
});

it("a cancellation counts from the period's end and can be taken back, as often as one likes", async () => {
  const { ctx, ref } = await subscribed();
  // Stripe repeats a failure of its own for a day; another try is another request.
  await engine.control("/faults", { requests: [{ kind: "500-kept", method: "POST", path: "/v1/subscriptions" }] });
  const isCancelled = async () => (await engine.stripe.subscriptions.retrieve(ref)).cancel_at_period_end;
  const periodEndsAt = (await subscriptionRow(ctx))?.periodEndsAt;
  for (let n = 0; n < 2; n++) {
    expect(await cancelSubscription(ctx, engine.port)).toEqual({ ok: true, value: { cancelAt: periodEndsAt } });
    expect(await cancelSubscription(ctx, engine.port)).toEqual({ ok: true, value: { cancelAt: periodEndsAt } });
    expect(await isCancelled()).toBe(true);
    expect(await resumeSubscription(ctx, engine.port)).toEqual({ ok: true, value: { cancelAt: null } });
    expect(await isCancelled()).toBe(false);
  }
  const decided = (await audit(ctx)).filter(({ action }) => action === "subscription.changed");
  expect(decided.filter(({ changes }) => "cancelAt" in (changes as object))).toHaveLength(4);
  expect(await openPortal(ctx, engine.port, pages)).toMatchObject({ ok: true, value: { url: /\/p\/session\// } });
});

it("the subscription of an organisation that was closed ends with its period, also if Stripe is away at first", async () => {
  const { ctx, ref, orgId } = await subscribed();
  const asSystem = testContext(database, orgId);
  await engine.control("/faults", { requests: [{ kind: "500", times: 3 }] });
  await expect(endSubscription(asSystem, engine.port)).rejects.toMatchObject({ code: "unavailable" });
  await endSubscription(asSystem, engine.port);
  await endSubscription(asSystem, engine.port);
  expect((await engine.stripe.subscriptions.retrieve(ref)).cancel_at_period_end).toBe(true);
  expect((await subscriptionRow(ctx))?.cancelAt).toEqual((await subscriptionRow(ctx))?.periodEndsAt);
  await expect(endSubscription(ctx, engine.port)).rejects.toThrow(/role/);
});

it("days skipped at the engine alone begin a period there and here, and minutes used since count in it on both sides", async () => {
  const { ctx, orgId, customer } = await subscribed();
  const { periodStartsAt: first } = (await subscriptionRow(ctx)) ?? { periodStartsAt: new Date() };
  await skip(12 * 3600);
  const told = clock.now();
  const minutesAfter = (minutes: number) => new Date(told.getTime() + minutes * 60_000);
  const at = <C extends Context>(of: C, minutes: number): C => ({ ...of, clock: fixedClock(minutesAfter(minutes)) });
  const asSystem = testContext(database, orgId);
  const connectionId = await seedConnection(database, orgId);
  const use = async (minutes: number, ends: number) => {
    const times = { startedAt: minutesAfter(ends - minutes), endedAt: minutesAfter(ends) };
    const callId = await seedCall(database, orgId, { connectionId, reported: true, ...times });
    expect(await countUsage(at(asSystem, ends), callId)).toBe("counted");
    await sendUsage(at(asSystem, ends), engine.port);
  };
  await use(200, -1);
  await engine.control("/clock", { skipSeconds: 32 * 86_400 });
  await syncSubscription(at(ctx, 0), engine.port);
  const { periodStartsAt: begun } = (await subscriptionRow(ctx)) ?? { periodStartsAt: told };
  expect(begun.getTime() - told.getTime()).toBeGreaterThan(20 * 86_400_000);
  expect(await readStanding(at(ctx, 0))).toMatchObject({ used: 0, standing: { state: "active" } });
  await setSpendingCap(at(ctx, 0), { cap: 250n });
  await use(310, 320);
  // What the engine says again begins nothing anew.
  await syncSubscription(at(ctx, 321), engine.port);
  const capped = { state: "limited", because: "cap_reached" };
  expect(await readStanding(at(ctx, 321))).toMatchObject({ used: 310, overage: 250n, standing: capped });
  const counted = (from: Date, to: Date) => engine.port.countedMinutes({ customerRef: customer, from, to });
  const whole = (time: Date, ms: number) => new Date(Math.floor(time.getTime() / ms) * ms);
  const begins = whole(begun, 60_000);
  expect(await counted(whole(first, 60_000), begins)).toBe(200);
  expect(await counted(begins, new Date(begins.getTime() + 3_600_000))).toBe(310);
  const span = { from: whole(first, 3_600_000), to: whole(minutesAfter(24 * 60), 3_600_000) };
  const { found } = await reconcileBilling(at(asSystem, 24 * 60), engine.port, span);
  // Invoices are read when their events come, and here none do.
  expect(found.filter(({ kind }) => kind !== "invoice_differs")).toEqual([]);
});
