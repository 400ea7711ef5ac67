import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, makeCustomer, openStripe, start, type TestStripe } from "@/emulators/stripe/testing/sdk";
import { applyCatalogSync, planCatalogSync } from "@/lib/billing";
import type { BillingPort, InvoiceRecord } from "@/lib/billing/ports";
import { stripeBilling } from ".";

let test: TestStripe;
let stripe: Stripe;
let port: BillingPort;
let prices: Map<string, string>;
beforeAll(async () => {
  test = await openStripe();
  stripe = test.stripe;
  port = stripeBilling({ secretKey: "sk_test_emulated", baseUrl: test.emulator.url });
  await applyCatalogSync(port, (await planCatalogSync(port)).steps, () => {});
  const all = await stripe.prices.list({ limit: 100 }).autoPagingToArray({ limit: 100 });
  prices = new Map(all.map((price) => [price.lookup_key ?? "", price.id]));
});
afterAll(() => test.close());

const feb = Date.UTC(2026, 1, 15, 9) / 1000;
const at = (seconds: number) => new Date(seconds * 1000);
const priceOf = (key: string) => prices.get(`caly_${key}`) ?? "";
const itemsOf = (key: string) => [{ price: priceOf(key) }, { price: priceOf(`${key}_minutes`) }];
const subscribe = (customer: string, more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  stripe.subscriptions.create({
    customer,
    items: itemsOf("starter_v1_usd_month"),
    billing_mode: { type: "flexible" },
    ...more,
  });
const use = (customer: string, value: number, timestamp: number) =>
  stripe.billing.meterEvents.create({
    event_name: "caly_minutes",
    timestamp,
    payload: { stripe_customer_id: customer, value: String(value) },
  });
const latestInvoice = async (subscription: string) => {
  const { latestInvoiceRef } = (await port.readSubscription(subscription)) ?? {};
  return read(latestInvoiceRef ?? "");
};
async function read(ref: string): Promise<InvoiceRecord> {
  const invoice = await port.readInvoice(ref);
  if (!invoice) throw new Error(`${ref} is not there`);
  expect(invoice.lines.reduce((sum, { amount }) => sum + amount, 0n) + invoice.tax).toBe(invoice.total);
  return invoice;
}
const kinds = ({ lines }: InvoiceRecord) => lines.map(({ kind, amount }) => `${kind} ${amount}`);
const owner = { customer: "", clock: "", subscription: "" };

it("a subscription is read with its plan, and its invoice with what each line is for and what paid it", async () => {
  const { customer, clock } = await makeCustomer(stripe);
  const { id } = await subscribe(customer);
  Object.assign(owner, { customer, clock, subscription: id });
  expect(await port.readSubscription(id)).toMatchObject({
    ref: id,
    customerRef: customer,
    status: "active",
    plan: "starter",
    planVersion: 1,
    currency: "USD",
    every: "month",
    periodStartsAt: at(start),
    periodEndsAt: at(feb),
    billedFrom: at(start),
    owedSince: null,
    cancelAt: null,
    endedAt: null,
  });
  await use(customer, 340, start + 60);
  await test.advance(clock, feb + 7200);
  const invoice = await latestInvoice(id);
  expect(kinds(invoice)).toEqual(["minutes 0", "minutes 1000", "plan 9700"]);
  expect(invoice).toMatchObject({ status: "paid", reason: "subscription_cycle", currency: "USD", total: 10_700n });
  expect(invoice.lines[2]).toMatchObject({ plan: "starter", planVersion: 1, quantity: 1n, periodStartsAt: at(feb) });
  expect(invoice.payments).toEqual([{ ref: expect.any(String), amount: 10_700n, paidAt: at(feb + 3600) }]);
  const listed = await port.listInvoices(customer, { from: at(start - day), to: at(feb + 1) });
  expect(listed.map(({ total }) => total)).toEqual([10_700n, 9_700n]);
  expect(await port.findInvoicePages(invoice.ref)).toEqual({
    pageUrl: expect.stringContaining("http"),
    pdfUrl: expect.stringContaining("pdf"),
  });
});

it("a change of plan is told as prorations, and minutes settled by it as minutes", async () => {
  const { customer, clock, subscription } = owner;
  await use(customer, 310, feb + 60);
  await test.advance(clock, feb + 10 * day);
  const { items } = await stripe.subscriptions.retrieve(subscription);
  const [plan, minutes] = itemsOf("growth_v1_usd_month");
  await stripe.subscriptions.update(subscription, {
    items: items.data.map(({ id, price }) => ({
      id,
      ...(price.recurring?.usage_type === "metered" ? minutes : plan),
    })),
    proration_behavior: "always_invoice",
  });
  expect((await port.readSubscription(subscription))?.plan).toBe("growth");
  const invoice = await latestInvoice(subscription);
  expect(invoice.lines.map(({ kind, plan: of }) => [kind, of]).sort()).toEqual([
    ["minutes", "starter"],
    ["minutes", "starter"],
    ["proration", "growth"],
    ["proration", "starter"],
  ]);
  expect(invoice.lines.filter(({ kind }) => kind === "minutes").map(({ amount }) => amount)).toEqual([0n, 250n]);
});

it("credit, what a balance took, notes, refunds and disputes are told by where the money went", async () => {
  const { customer, clock, subscription } = owner;
  await stripe.invoiceItems.create({ customer, amount: -400, currency: "usd", description: "For two calls" });
  const before = await latestInvoice(subscription);
  await stripe.creditNotes.create({ invoice: before.ref, amount: 500, credit_amount: 500 });
  const march = Date.UTC(2026, 2, 15, 9) / 1000;
  await test.advance(clock, march + 7200);
  const invoice = await latestInvoice(subscription);
  expect(kinds(invoice)).toContain("credit -400");
  expect([invoice.balanceApplied, invoice.amountDue]).toEqual([-500n, invoice.total - 500n]);

  const note = await stripe.creditNotes.create({
    invoice: invoice.ref,
    lines: [
      {
        type: "invoice_line_item",
        invoice_line_item: invoice.lines.find(({ kind }) => kind === "plan")?.ref ?? "",
        amount: 700,
      },
      { type: "custom_line_item", description: "Sorry", quantity: 1, unit_amount: 100 },
    ],
    refund_amount: 300,
    credit_amount: 500,
  });
  expect(await port.readCreditNote(note.id)).toMatchObject({
    customerRef: customer,
    invoiceRef: invoice.ref,
    amount: 800n,
    tax: 0n,
    lines: [
      { kind: "plan", amount: 700n },
      { kind: "other", amount: 100n },
    ],
    offInvoice: 0n,
    refunded: 300n,
    toBalance: 500n,
    elsewhere: 0n,
    status: "issued",
  });

  const [paid] = (await stripe.charges.list({ customer, limit: 1 })).data;
  await test.control("POST", `/charges/${paid?.id}/dispute`, { reason: "general" });
  const charge = await port.readCharge(paid?.id ?? "");
  expect(charge).toMatchObject({ customerRef: customer, invoiceRef: invoice.ref, amount: invoice.amountPaid });
  const listed = await port.listCreditNotes(customer, { from: at(march), to: at(march + day) });
  expect(listed).toEqual([await port.readCreditNote(note.id)]);
  expect(charge?.refunds).toMatchObject([{ amount: 300n, status: "succeeded" }]);
  expect(charge?.disputes).toMatchObject([{ withdrawnAt: at(march + 7200), givenBackAt: null }]);
  await test.control("POST", `/disputes/${charge?.disputes[0]?.ref}/close`, { status: "won" });
  expect((await port.readCharge(paid?.id ?? ""))?.disputes).toMatchObject([
    { status: "won", givenBackAt: at(march + 7200) },
  ]);
  expect(await port.listCharges(customer, { from: at(march), to: at(march + day) })).toHaveLength(1);
  const goneBack = await port.listCharges(customer, { from: at(march + 60 * day), to: at(march + 100 * day) });
  expect(goneBack.map(({ ref }) => ref)).toEqual([paid?.id]);
});

it("whose card fails owes since the invoice was issued, and who pays owes no more", async () => {
  const { customer, clock } = await makeCustomer(stripe);
  const { id } = await subscribe(customer, { trial_period_days: 3 });
  expect(await port.readSubscriptionOf(customer)).toMatchObject({
    status: "trialing",
    billedFrom: at(start + 3 * day),
  });
  const { id: bad } = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad } });
  await test.advance(clock, start + 3 * day + 7200);
  const issued = at(start + 3 * day + 3600);
  expect(await port.readSubscription(id)).toMatchObject({ status: "past_due", owedSince: issued });
  expect(await latestInvoice(id)).toMatchObject({ status: "open", issuedAt: issued, paidAt: null, payments: [] });
  const [failed] = (await stripe.charges.list({ customer, limit: 1 })).data;
  expect(await port.readCharge(failed?.id ?? "")).toBeUndefined();
  const { latestInvoiceRef } = (await port.readSubscription(id)) ?? {};
  await stripe.invoices.markUncollectible(latestInvoiceRef ?? "");
  expect(await port.readSubscription(id)).toMatchObject({ status: "past_due", owedSince: issued });
  await stripe.subscriptions.cancel(id);
  const next = await subscribe(customer, { payment_behavior: "default_incomplete" });
  expect(await port.readSubscriptionOf(customer)).toMatchObject({ ref: id, status: "canceled" });
  expect(await port.readSubscription(next.id)).toMatchObject({ status: "incomplete" });
});

it("what is not there, and what is not ours, is not told", async () => {
  expect(await port.readSubscription("sub_none")).toBeUndefined();
  expect(await port.readSubscriptionOf("cus_none")).toBeUndefined();
  expect(await port.readInvoice("in_none")).toBeUndefined();
  expect(await port.readCharge("ch_none")).toBeUndefined();
  expect(await port.readCreditNote("cn_none")).toBeUndefined();
  expect(await port.readCheckout("cs_none")).toBeUndefined();
  expect(await port.findInvoicePages("in_none")).toBeUndefined();
  const { customer } = await makeCustomer(stripe);
  const product = await stripe.products.create({ name: "Another's" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 100,
    recurring: { interval: "month" },
  });
  const own = await subscribe(customer);
  const { id } = await subscribe(customer, { items: [{ price: price.id }] });
  expect(await port.readSubscription(id)).toBeUndefined();
  const second = await subscribe(customer);
  const both = await port.readSubscriptionOf(customer);
  expect([both?.ref, ...(both?.others ?? [])].sort()).toEqual([own.id, second.id].sort());
  await stripe.subscriptions.cancel(second.id);
  expect(await port.readSubscriptionOf(customer)).toMatchObject({ ref: own.id, status: "active", others: [] });
  await stripe.subscriptions.cancel(own.id);
  const over = await port.readSubscriptionOf(customer);
  expect([own.id, second.id]).toContain(over?.ref);
  expect(over).toMatchObject({ status: "canceled", others: [] });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price: priceOf("starter_v1_usd_month"), quantity: 1 }],
    success_url: "https://caly.example/done",
  });
  expect(await port.readCheckout(session.id)).toEqual({ ref: session.id, customerRef: customer });
});
