import { afterAll, expect, it } from "vitest";
import { invoices } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { growth, openSubscribers, pages, starter } from "@/tests/billing/subscribers";
import { subscriptionRow } from "@/tests/emulated-stripe";
import { testContext } from "@/tests/organization";
import {
  cancelSubscription,
  endSubscription,
  openPortal,
  previewPlanChange,
  resumeSubscription,
  setSpendingCap,
  startCheckout,
  syncSubscription,
} from "..";
import type { PlanChoice } from "../schemas";

const { database, engine, owner } = await openSubscribers();
afterAll(() => engine.emulator.close());

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
