import { afterAll, expect, it } from "vitest";
import { fixedClock } from "@/lib/platform/clock";
import { growth, openSubscribers, starter } from "@/tests/billing/subscribers";
import { subscriptionRow } from "@/tests/emulated-stripe";
import { testContext } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import {
  cancelSubscription,
  catchUp,
  changePlan,
  countUsage,
  findOwedInvoice,
  previewPlanChange,
  syncSubscription,
} from "..";
import type { PlanChoice } from "../schemas";

const { audit, database, engine, skip, subscribed } = await openSubscribers();
afterAll(() => engine.emulator.close());

it.each([
  [starter, growth],
  [growth, starter],
  [starter, { plan: "starter", every: "year" } satisfies PlanChoice],
  [{ plan: "growth", every: "year" } satisfies PlanChoice, growth],
])("a change costs exactly what was shown, with minutes settled: %o to %o", async (from, to) => {
  const { ctx, ref, customer } = await subscribed(from);
  const period = (await subscriptionRow(ctx))?.periodStartsAt ?? new Date();
  const payload = { stripe_customer_id: customer, value: "350" };
  await engine.stripe.billing.meterEvents.create({
    ...{ event_name: "caly_minutes", payload, identifier: `call_${ref}`, timestamp: period.getTime() / 1000 },
  });
  const preview = await previewPlanChange(ctx, engine.port, to);
  if (!preview.ok) throw new Error(preview.reason);
  const { at, dueNow } = preview.value;
  expect(preview.value.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(dueNow);
  await skip(420);
  expect(await changePlan(ctx, engine.port, { ...to, at, dueNow })).toEqual({ ok: true, value: to });
  const invoices = await engine.stripe.invoices.list({ customer, limit: 10 });
  expect(invoices.data[0]).toMatchObject({
    billing_reason: "subscription_update",
    total: Number(dueNow),
    status: "paid",
  });
  expect(invoices.data).toHaveLength(2);
  expect(await subscriptionRow(ctx)).toMatchObject({ plan: to.plan, billedEvery: to.every, minutesFrom: at });
  expect(await changePlan(ctx, engine.port, { ...to, at, dueNow })).toMatchObject({ reason: "same_plan" });
  await syncSubscription(ctx, engine.port);
  expect(await subscriptionRow(ctx)).toMatchObject({ plan: to.plan, billedEvery: to.every, minutesFrom: at });
  expect((await audit(ctx)).at(-1)).toMatchObject({ action: "subscription.changed", actorLabel: "owner" });
});

it("what was shown too long ago, or would cost something else, or is not paid, changes nothing", async () => {
  const { ctx, ref, customer } = await subscribed();
  const preview = await previewPlanChange(ctx, engine.port, growth);
  if (!preview.ok) throw new Error(preview.reason);
  const { at, dueNow } = preview.value;
  const change = (input: { at?: Date; dueNow?: bigint } = {}) =>
    changePlan(ctx, engine.port, { ...growth, at, dueNow, ...input });
  const old = new Date(at.getTime() - 16 * 60_000);
  expect(await change({ at: old })).toMatchObject({ ok: false, reason: "preview_expired" });
  expect(await change({ dueNow: dueNow - 1n })).toMatchObject({ ok: false, reason: "preview_expired" });
  const ends = (await subscriptionRow(ctx))?.periodEndsAt ?? at;
  const to = { ...growth, planVersion: 1, currency: "USD" } as const;
  const ahead = await engine.port.previewChange({ subscriptionRef: ref, to, at: ends });
  const early = await change({ at: ends, dueNow: ahead.dueNow });
  expect(early, "at an instant that lies ahead").toMatchObject({ ok: false, reason: "preview_expired" });
  const bad = await engine.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await engine.stripe.subscriptions.update(ref, { default_payment_method: bad.id });
  const before = await engine.stripe.subscriptions.retrieve(ref);
  expect(await change()).toMatchObject({ ok: false, reason: "declined" });
  const after = await engine.stripe.subscriptions.retrieve(ref);
  expect(after.pending_update).toBeNull();
  expect(after.status).toBe("active");
  expect(after.items.data.map(({ price }) => price.lookup_key)).toEqual(
    before.items.data.map(({ price }) => price.lookup_key),
  );
  const { data } = await engine.stripe.invoices.list({ customer });
  expect(data.map(({ status }) => status)).toEqual(["void", "paid"]);
  expect(await subscriptionRow(ctx)).toMatchObject({ plan: "starter", minutesFrom: null });
  const good = await engine.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await engine.stripe.subscriptions.update(ref, { default_payment_method: good.id });
  const again = await previewPlanChange(ctx, engine.port, growth);
  if (!again.ok) throw new Error(again.reason);
  expect(await changePlan(ctx, engine.port, { ...growth, ...again.value })).toMatchObject({ ok: true });
});

it("a payment that the bank wants confirmed says so; the plan changes once it is, from the instant that was shown, or is given up by another change", async () => {
  const { ctx, ref, customer, orgId } = await subscribed();
  const card = await engine.stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
  await engine.stripe.subscriptions.update(ref, { default_payment_method: card.id });
  const began = (await subscriptionRow(ctx))?.periodStartsAt ?? new Date(0);
  const after = (seconds: number) => fixedClock(new Date(began.getTime() + seconds * 1000));
  const ask = async (seconds: number) => {
    const then = { ...ctx, clock: after(seconds) };
    const preview = await previewPlanChange(then, engine.port, growth);
    if (!preview.ok) throw new Error(preview.reason);
    const changed = await changePlan(then, engine.port, { ...growth, ...preview.value });
    if (changed.ok || changed.reason !== "confirmation_needed") throw new Error(JSON.stringify(changed));
    return { at: preview.value.at, url: changed.detail.url };
  };
  const readings = async () => {
    const then = { ...ctx, clock: after(3600) };
    await syncSubscription(then, engine.port);
    const span = { from: new Date(began.getTime() - 86_400_000), to: new Date(began.getTime() + 86_400_000) };
    await catchUp(testContext(database, orgId, { clock: then.clock }), engine.port, span);
    return subscriptionRow(ctx);
  };
  const first = await ask(60);
  expect(await readings()).toMatchObject({ plan: "starter", minutesFrom: null });
  expect(await findOwedInvoice(ctx)).toMatchObject({ reason: "subscription_update" });
  const second = await ask(120);
  const statuses = async () => (await engine.stripe.invoices.list({ customer })).data.map(({ status }) => status);
  expect(await statuses()).toEqual(["open", "void", "paid"]);
  expect(second.url).not.toBe(first.url);
  const bank = /href="(\/authenticate\/[^"]+)"/.exec(await (await fetch(second.url)).text())?.[1] ?? "";
  await fetch(new URL(bank, second.url), { method: "POST", body: "answer=pass", redirect: "manual" });
  expect(await statuses()).toEqual(["paid", "void", "paid"]);
  expect(await readings()).toMatchObject({ plan: "growth", minutesFrom: second.at });
  expect(await findOwedInvoice(ctx)).toBeUndefined();
});

it("two windows that change or cancel at once make one change, invoiced once", async () => {
  const { ctx, ref, customer } = await subscribed();
  const preview = await previewPlanChange(ctx, engine.port, growth);
  if (!preview.ok) throw new Error(preview.reason);
  const change = () => changePlan(ctx, engine.port, { ...growth, ...preview.value });
  const told = (await Promise.all([change(), change(), change()])).map((each) => (each.ok ? "changed" : each.reason));
  expect(told).toContain("changed");
  expect(["changed", "same_plan", "preview_expired"]).toEqual(expect.arrayContaining(told));
  const { data } = await engine.stripe.invoices.list({ customer });
  expect(data.map(({ billing_reason: reason, status }) => `${reason} ${status}`)).toEqual([
    "subscription_update paid",
    "subscription_create paid",
  ]);
  const cancelled = await Promise.all([cancelSubscription(ctx, engine.port), cancelSubscription(ctx, engine.port)]);
  expect(cancelled.every(({ ok }) => ok)).toBe(true);
  expect((await engine.stripe.subscriptions.retrieve(ref)).cancel_at_period_end).toBe(true);
});

it("minutes that were counted and not sent yet are in the preview", async () => {
  const { ctx, orgId, customer } = await subscribed();
  const asSystem = testContext(database, orgId);
  const startedAt = (await subscriptionRow(ctx))?.periodStartsAt ?? new Date();
  const connectionId = await seedConnection(database, orgId);
  const endedAt = new Date(startedAt.getTime() + 310 * 60_000);
  const call = { connectionId, reported: true, startedAt, endedAt };
  await countUsage(asSystem, await seedCall(database, orgId, call));
  await skip(6 * 3600);
  const later = { ...ctx, clock: fixedClock(new Date(startedAt.getTime() + 6 * 3_600_000).toISOString()) };
  const preview = await previewPlanChange(later, engine.port, growth);
  if (!preview.ok) throw new Error(preview.reason);
  expect(preview.value.lines.filter(({ amount }) => amount === 10n * 25n)).toMatchObject([
    { kind: "minutes", quantity: 10n },
  ]);
  expect(preview.value.lines.filter(({ kind }) => kind === "plan")).toHaveLength(2);
  // One more is told before the change is confirmed, and its report has not come.
  const last = { startedAt: new Date(endedAt.getTime() + 60_000), endedAt: new Date(endedAt.getTime() + 180_000) };
  const callId = await seedCall(database, orgId, { connectionId, reported: false, ...last });
  await countUsage({ ...asSystem, clock: later.clock }, callId);
  const refused = await changePlan(later, engine.port, { ...growth, ...preview.value });
  expect(refused).toMatchObject({ ok: false, reason: "preview_expired" });
  const again = await previewPlanChange(later, engine.port, growth);
  if (!again.ok) throw new Error(again.reason);
  expect(again.value.dueNow - preview.value.dueNow).toBe(2n * 25n);
  expect(await changePlan(later, engine.port, { ...growth, ...again.value })).toMatchObject({ ok: true });
  const { data } = await engine.stripe.invoices.list({ customer });
  expect(data[0]?.total).toBe(Number(again.value.dueNow));
});
