import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Catalogue, day, makeCatalogue, makeCustomer, openStripe, start, type TestStripe } from "./testing/sdk";

let dataDir: string;
let test: TestStripe;
let stripe: Stripe;
let prices: Catalogue;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "stripe-books-"));
  test = await openStripe({ dataDir });
  stripe = test.stripe;
  prices = await makeCatalogue(stripe);
});
afterAll(async () => {
  await test.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const post = (url: string, form: Record<string, string>) =>
  fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const card = (number: string) => ({
  email: "owner@salon.example",
  name: "Ann <b>",
  number,
  month: "12",
  year: "34",
  cvc: "123",
});
const order = (extra: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: prices.starter.id, quantity: 1 }, { price: prices.usage.id }],
    success_url: "https://app.example/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "https://app.example/billing",
    ...extra,
  });

describe("checkout", () => {
  it("shows what is bought, refuses a card beside its form, and makes the subscription with a card that works", async () => {
    const session = await order({
      subscription_data: { metadata: { org: "org_1" }, billing_mode: { type: "flexible" } },
    });
    const text = await (await fetch(String(session.url))).text();
    for (const part of ["Plan", "$97.00 / month", "300 included, then $0.25 each", "Due today: $97.00", "Subscribe"])
      expect(text).toContain(part);
    const refused = await post(String(session.url), card("4000 0000 0000 9995"));
    expect(refused.status).toBe(402);
    const again = await refused.text();
    expect(again).toMatch(/role="alert">Your card has insufficient funds\./);
    expect(again).toContain('value="owner@salon.example"');
    expect(again).not.toContain("<b>");
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    const mistyped = await post(String(session.url), card("4242 4242 4242 4241"));
    expect(await mistyped.text()).toContain("Your card number is incorrect.");
    const done = await post(String(session.url), card("4242 4242 4242 4242"));
    expect([done.status, done.headers.get("location")]).toEqual([
      303,
      `https://app.example/done?session=${session.id}`,
    ]);
    const complete = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["subscription.latest_invoice", "customer", "line_items"],
    });
    expect(complete).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer: { email: "owner@salon.example" },
      subscription: { status: "active", metadata: { org: "org_1" }, latest_invoice: { status: "paid", total: 9700 } },
    });
    expect(complete.line_items?.data).toHaveLength(2);
    expect(await (await fetch(`${test.emulator.url}/c/pay/${session.id}`)).text()).toContain("complete");
    expect((await stripe.customers.list({ email: "owner@salon.example" })).data).toHaveLength(1);
  });

  it("starts a trial without a card where none is wanted, and asks the bank where it must", async () => {
    const data = {
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "pause" as const } },
    };
    const free = await order({ payment_method_collection: "if_required", subscription_data: data });
    const done = await post(String(free.url), { email: "trial@salon.example", name: "" });
    expect(done.status).toBe(303);
    const after = await stripe.checkout.sessions.retrieve(free.id, { expand: ["subscription"] });
    expect(after).toMatchObject({
      payment_status: "no_payment_required",
      subscription: { status: "trialing", default_payment_method: null },
    });
    const asked = await order({});
    const bank = await post(String(asked.url), card("4000 0025 0000 3155"));
    const question = `${test.emulator.url}${bank.headers.get("location")}`;
    expect(await (await fetch(question)).text()).toContain("Complete authentication");
    expect((await post(question, { answer: "fail" })).status).toBe(402);
    const again = await post(String(asked.url), card("4000 0025 0000 3155"));
    const passed = await post(`${test.emulator.url}${again.headers.get("location")}`, { answer: "pass" });
    expect(passed.headers.get("location")).toContain("https://app.example/done");
    expect(
      (await stripe.subscriptions.list({ status: "active", price: prices.starter.id })).data.length,
    ).toBeGreaterThan(0);
  });

  it("expires after a day, or when it is told to, and then sells nothing", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const session = await order({ customer });
    await test.advance(clock, start + day + 60);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    const other = await order({});
    await stripe.checkout.sessions.expire(other.id);
    expect(await (await post(`${test.emulator.url}/c/pay/${other.id}`, card("4242424242424242"))).text()).toContain(
      "expired",
    );
    await expect(stripe.checkout.sessions.expire(other.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await fetch(`${test.emulator.url}/c/pay/cs_test_none`)).status).toBe(404);
  });

  it("takes a payment with a hold, and a card to keep", async () => {
    const hold = await stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "https://app.example",
      customer_creation: "always",
      line_items: [
        { quantity: 2, price_data: { currency: "usd", unit_amount: 2500, product_data: { name: "Deposit" } } },
      ],
      payment_intent_data: { capture_method: "manual", setup_future_usage: "off_session" },
    });
    await post(String(hold.url), card("4242424242424242"));
    const paid = await stripe.checkout.sessions.retrieve(hold.id, { expand: ["payment_intent"] });
    expect(paid).toMatchObject({
      status: "complete",
      amount_total: 5000,
      payment_intent: { status: "requires_capture", amount_capturable: 5000 },
    });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    const methods = await stripe.customers.listPaymentMethods(String(paid.customer));
    expect(methods.data.map(({ id }) => id)).toEqual([intent.payment_method]);
    const setup = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      success_url: "https://app.example",
    });
    await post(String(setup.url), card("4242424242424242"));
    expect(
      (await stripe.checkout.sessions.retrieve(setup.id, { expand: ["setup_intent"] })).setup_intent,
    ).toMatchObject({ status: "succeeded" });
  });
});

describe("the portal and invoices", () => {
  it("changes card and plan, cancels and keeps, and shows invoices with a PDF", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    await expect(stripe.billingPortal.sessions.create({ customer })).rejects.toMatchObject({ statusCode: 400 });
    const configuration = await stripe.billingPortal.configurations.create({
      features: {
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true, mode: "at_period_end" },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price"],
          proration_behavior: "always_invoice",
          products: [{ product: prices.product.id, prices: [prices.starter.id, prices.pro.id] }],
        },
      },
    });
    const session = await stripe.billingPortal.sessions.create({
      customer,
      configuration: configuration.id,
      return_url: "https://app.example/billing",
    });
    const at = session.url;
    const first = await (await fetch(at)).text();
    for (const part of ["visa ending in 4242", "https://app.example/billing", "Change plan", "Cancel plan", "-0001"])
      expect(first).toContain(part);
    const failing = await post(`${at}/card`, card("4000 0000 0000 0341"));
    expect(failing.status).toBe(303);
    const refused = await post(`${at}/plan`, { subscription: subscription.id, price: prices.pro.id });
    expect(await refused.text()).toContain("Your card was declined.");
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(prices.starter.id);
    await post(`${at}/cancel`, { subscription: subscription.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(true);
    await post(`${at}/keep`, { subscription: subscription.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
    await test.advance(clock, start + 32 * day);
    const [open] = (await stripe.invoices.list({ customer, status: "open" })).data;
    const hosted = String(open?.hosted_invoice_url);
    expect(await (await fetch(hosted)).text()).toContain("Pay $97.00");
    expect((await post(hosted, card("4000 0000 0000 0341"))).status).toBe(402);
    expect((await post(hosted, card("4242 4242 4242 4242"))).status).toBe(303);
    expect((await stripe.invoices.retrieve(open?.id ?? "")).status).toBe("paid");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    const pdf = await fetch(String(open?.invoice_pdf));
    const bytes = Buffer.from(await pdf.arrayBuffer()).toString("latin1");
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect(bytes.startsWith("%PDF-1.4")).toBe(true);
    expect(bytes).toContain("Total $97.00");
    const startOf = Number(/startxref\n(\d+)/.exec(bytes)?.[1]);
    expect(bytes.slice(startOf, startOf + 4)).toBe("xref");
  });
});

describe("books on disk", () => {
  it("keep the emulator's own time, in which renewals happen without a test clock", async () => {
    const customer = await stripe.customers.create({ payment_method: "pm_card_visa" });
    const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: method?.id ?? "",
      items: [{ price: prices.starter.id }],
    });
    const { now } = await test.control<{ now: number }>("POST", "/clock", { skipSeconds: 63 * day });
    const paid = async () =>
      (await stripe.invoices.list({ customer: customer.id, status: "paid" })).data.map(({ total }) => total);
    expect(await paid()).toEqual([9700, 9700, 9700]);
    await test.close();
    test = await openStripe({ dataDir });
    stripe = test.stripe;
    expect((await test.control<{ now: number }>("GET", "/state")).now).toBeGreaterThanOrEqual(now);
    expect(await paid()).toEqual([9700, 9700, 9700]);
  });

  it("are there after a restart, with what was planned", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: prices.starter.id }, { price: prices.usage.id }],
    });
    const idempotencyKey = "kept:1";
    const kept = await stripe.products.create({ name: "kept" }, { idempotencyKey });
    await stripe.billing.meterEvents.create({
      event_name: prices.meter.event_name,
      identifier: "kept",
      timestamp: start + 1,
      payload: { stripe_customer_id: customer, value: "302" },
    });
    await test.advance(clock, Date.UTC(2026, 1, 15, 9) / 1000 + 60);
    await test.close();
    test = await openStripe({ dataDir });
    stripe = test.stripe;
    expect((await stripe.products.create({ name: "kept" }, { idempotencyKey })).id).toBe(kept.id);
    await stripe.billing.meterEvents.create({
      event_name: prices.meter.event_name,
      identifier: "late",
      timestamp: start + 2,
      payload: { stripe_customer_id: customer, value: "2" },
    });
    await test.advance(clock, Date.UTC(2026, 1, 15, 12) / 1000);
    const after = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
    expect(after.latest_invoice).toMatchObject({ status: "paid", total: 9700 + 4 * 25 });
    expect((await stripe.customers.list({ email: "trial@salon.example" })).data).toHaveLength(1);
  });
});
