import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { auditEntries, invoices } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { anyDatabase } from "@/tests/database";
import { emulatedStripe, subscriptionRow } from "@/tests/emulated-stripe";
import { createTestOrganization, testContext } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import {
  cancelSubscription,
  catchUp,
  changePlan,
  countUsage,
  endSubscription,
  openPortal,
  previewPlanChange,
  readStanding,
  reconcileBilling,
  resumeSubscription,
  sendUsage,
  setSpendingCap,
  startCheckout,
  syncSubscription,
} from "..";
import type { PlanChoice } from "../schemas";

let database: Database;
let engine: Awaited<ReturnType<typeof emulatedStripe>>;
beforeAll(async () => {
  [database, engine] = await Promise.all([anyDatabase(), emulatedStripe()]);
});
afterAll(() => engine.emulator.close());

const pages = { returnUrl: "https://caly.example/o/t/billing", cancelUrl: "https://caly.example/o/t/billing" };
const starter: PlanChoice = { plan: "starter", every: "month" };
const growth: PlanChoice = { plan: "growth", every: "month" };

/** Our clock goes with the engine's. */
let skippedMs = 0;
const clock = { now: () => new Date(Date.now() + skippedMs) };
async function skip(seconds: number) {
  await engine.control("/clock", { skipSeconds: seconds });
  skippedMs += seconds * 1000;
}

async function owner(currency = "USD") {
  const organization = await createTestOrganization(database, { currency });
  return { ...organization, ctx: { ...organization.as("owner"), clock } };
}

/** Pays on the page and reads what Stripe then has. */
async function subscribed(choice = starter, currency = "USD") {
  const org = await owner(currency);
  const { ctx } = org;
  const asked = await startCheckout(ctx, engine.port, { ...choice, ...pages });
  if (!asked.ok) throw new Error(asked.reason);
  await engine.pay(asked.value.url);
  expect(await syncSubscription(ctx, engine.port)).toEqual({ ok: true, value: { isSubscribed: true } });
  const row = await subscriptionRow(ctx);
  expect(row).toMatchObject({ status: "active", plan: choice.plan, billedEvery: choice.every });
  expect(row?.billedFrom).toEqual(row?.periodStartsAt);
  return { ...org, ref: row?.subscriptionRef ?? "", customer: row?.customerRef ?? "" };
}

const audit = async (ctx: Context) =>
  (
    await withTenant(database, ctx.orgId, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.orgId, ctx.orgId)).orderBy(auditEntries.id),
    )
  ).filter(({ actorKind }) => actorKind === "member");

it("two windows that subscribe at once make one customer and one page; paid, there is no second one", async () => {
  const { ctx, orgId } = await owner();
  const ask = (choice: PlanChoice) => startCheckout(ctx, engine.port, { ...choice, ...pages });
  const [a, b] = await Promise.all([ask(starter), ask(starter)]);
  const urls = [a, b].map((each) => (each.ok ? each.value.url : each.reason));
  expect(urls[0]).toMatch(/\/c\/pay\/cs_test_/);
  expect(urls[1]).toBe(urls[0]);
  const { customerRef = "" } = (await subscriptionRow(ctx)) ?? {};
  const customers = await engine.stripe.customers.list({ limit: 100 });
  expect(customers.data.filter(({ metadata }) => metadata.org_id === orgId)).toHaveLength(1);
  expect(await engine.stripe.customers.retrieve(customerRef ?? "")).toMatchObject({ name: "Test Salon" });

  const other = await ask({ plan: "growth", every: "year" });
  const open = () => engine.stripe.checkout.sessions.list({ customer: customerRef ?? "", status: "open" });
  expect((await open()).data.map(({ url }) => url)).toEqual([other.ok && other.value.url]);
  await engine.pay(other.ok ? other.value.url : "");
  expect(await ask(starter)).toMatchObject({ ok: false, reason: "already_subscribed" });
  const { data } = await engine.stripe.subscriptions.list({ customer: customerRef ?? "", status: "all" });
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ status: "active", billing_mode: { type: "flexible" }, metadata: { org_id: orgId } });
  expect(data[0]?.items.data.map(({ price }) => price.lookup_key).sort()).toEqual([
    "caly_growth_v1_usd_year",
    "caly_growth_v1_usd_year_minutes",
  ]);
});

it("a page that ran out is followed by another; Indian organisations pay in rupees", async () => {
  const { ctx } = await owner("INR");
  const ask = () => startCheckout(ctx, engine.port, { ...starter, ...pages });
  const first = await ask();
  const id = first.ok ? (first.value.url.split("/").at(-1) ?? "") : "";
  expect(await engine.stripe.checkout.sessions.retrieve(id)).toMatchObject({ currency: "inr", amount_total: 799_900 });
  await engine.stripe.checkout.sessions.expire(id);
  const second = await ask();
  expect(second).toMatchObject({ ok: true });
  expect(second.ok && second.value.url).not.toBe(first.ok && first.value.url);
});

it("who has a subscription to something else at the same engine can subscribe all the same", async () => {
  const { ctx } = await owner();
  const ask = () => startCheckout(ctx, engine.port, { ...starter, ...pages });
  await ask();
  const customer = (await subscriptionRow(ctx))?.customerRef ?? "";
  const { id: product } = await engine.stripe.products.create({ name: "Another's" });
  const rate = { currency: "usd", unit_amount: 100, recurring: { interval: "month" } } as const;
  const { id: price } = await engine.stripe.prices.create({ product, ...rate });
  await engine.stripe.customers.update(customer, {
    invoice_settings: {
      default_payment_method: (await engine.stripe.paymentMethods.attach("pm_card_visa", { customer })).id,
    },
  });
  await engine.stripe.subscriptions.create({ customer, items: [{ price }] });
  expect(await ask()).toMatchObject({ ok: true });
});

it.each(["open", "uncollectible"] as const)(
  "who owes an invoice that is %s pays it before another plan",
  async (status) => {
    const { ctx, orgId } = await owner();
    const [id, issuedAt, amount] = [newId("invoice"), new Date("2026-10-01T00:00:00Z"), 9_700n];
    const span = { periodStartsAt: issuedAt, periodEndsAt: issuedAt, issuedAt, readingNo: 1n };
    const sums = { subtotal: amount, tax: 0n, total: amount, amountDue: amount, amountPaid: 0n };
    const row = { id, orgId, ref: `in_${id}`, status, reason: "subscription_cycle", currency: "USD", ...sums, ...span };
    const write = (paid: Partial<typeof row> | object) =>
      withTenant(database, orgId, (tx) =>
        tx
          .insert(invoices)
          .values(row)
          .onConflictDoUpdate({ target: invoices.ref, set: { status, ...paid } }),
      );
    await write({});
    const ask = () => startCheckout(ctx, engine.port, { ...starter, ...pages });
    expect(await ask()).toMatchObject({ ok: false, reason: "payment_owed" });
    await write({ status: "paid", amountPaid: amount });
    expect(await ask()).toMatchObject({ ok: true });
  },
);

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
  const second = await ask(120);
  const statuses = async () => (await engine.stripe.invoices.list({ customer })).data.map(({ status }) => status);
  expect(await statuses()).toEqual(["open", "void", "paid"]);
  expect(second.url).not.toBe(first.url);
  const bank = /href="(\/authenticate\/[^"]+)"/.exec(await (await fetch(second.url)).text())?.[1] ?? "";
  await fetch(new URL(bank, second.url), { method: "POST", body: "answer=pass", redirect: "manual" });
  expect(await statuses()).toEqual(["paid", "void", "paid"]);
  expect(await readings()).toMatchObject({ plan: "growth", minutesFrom: second.at });
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
  expect(preview.value.lines.some(({ amount }) => amount === 10n * 25n)).toBe(true);
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
  skippedMs += 32 * 86_400_000;
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

it("an organisation that was closed pays for nothing that we had not heard of, and on no page that is still open", async () => {
  const { ctx, orgId } = await owner();
  const ask = async (choice: PlanChoice) => {
    const asked = await startCheckout(ctx, engine.port, { ...choice, ...pages });
    return asked.ok ? asked.value.url : asked.reason;
  };
  const url = await ask(starter);
  await endSubscription(testContext(database, orgId), engine.port);
  await expect(engine.pay(url)).rejects.toThrow(/expired|not open|400|409|410/);
  await engine.pay(await ask(growth));
  await endSubscription(testContext(database, orgId), engine.port);
  const { customerRef, cancelAt, periodEndsAt } = (await subscriptionRow(ctx)) ?? {};
  const { data } = await engine.stripe.subscriptions.list({ customer: customerRef ?? "", status: "all" });
  expect(data.map(({ cancel_at_period_end: ends }) => ends)).toEqual([true]);
  expect(cancelAt).toEqual(periodEndsAt);
});

it("who may not manage billing is refused, what is not there cannot be changed, and an engine that is away is said", async () => {
  const { ctx, as } = await owner();
  await expect(startCheckout(as("admin"), engine.port, { ...starter, ...pages })).rejects.toThrow(/role/);
  await expect(setSpendingCap(as("admin"), { cap: 0n })).rejects.toThrow(/role/);
  for (const verb of [cancelSubscription, resumeSubscription])
    expect(await verb(ctx, engine.port)).toMatchObject({ ok: false, reason: "not_subscribed" });
  expect(await openPortal(ctx, engine.port, pages)).toMatchObject({ ok: false, reason: "not_subscribed" });
  expect(await previewPlanChange(ctx, engine.port, growth)).toMatchObject({ ok: false, reason: "not_subscribed" });
  expect(await setSpendingCap(ctx, { cap: 5_000n })).toMatchObject({ ok: false, reason: "not_subscribed" });
  await engine.control("/faults", { requests: [{ kind: "500", times: 3 }] });
  const ask = () => startCheckout(ctx, engine.port, { ...starter, ...pages });
  expect(await ask()).toMatchObject({ ok: false, reason: "unavailable" });
  await engine.control("/faults", { requests: [{ kind: "reset", times: 3, path: "/v1/subscriptions" }] });
  expect(await syncSubscription(ctx, engine.port)).toMatchObject({ ok: false });
  await fetch(`${engine.emulator.url}/_emulator/faults`, { method: "DELETE" });
  expect(await ask()).toMatchObject({ ok: true });
  expect(await setSpendingCap(ctx, { cap: 5_000n })).toEqual({ ok: true, value: { cap: 5_000n } });
  await expect(setSpendingCap(ctx, { cap: -1n })).rejects.toThrow(/less than nothing/);
  expect((await subscriptionRow(ctx))?.spendingCap).toBe(5_000n);
});
