import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { remaining, tiered } from "./testing/rational";
import { type Catalogue, day, makeCatalogue, makeCustomer, openStripe, start, type TestStripe } from "./testing/sdk";

let test: TestStripe;
let stripe: Stripe;
let prices: Catalogue;
beforeAll(async () => {
  test = await openStripe();
  stripe = test.stripe;
  prices = await makeCatalogue(stripe);
});
afterAll(() => test.close());

const feb = Date.UTC(2026, 1, 15, 9) / 1000;
const march = Date.UTC(2026, 2, 15, 9) / 1000;
const hour = 3600;

const use = (customer: string, value: number, timestamp: number, identifier = `${customer}_${timestamp}_${value}`) =>
  stripe.billing.meterEvents.create({
    event_name: prices.meter.event_name,
    identifier,
    timestamp,
    payload: { stripe_customer_id: customer, value: String(value) },
  });

async function subscribe(customer: string, extra: Partial<Stripe.SubscriptionCreateParams> = {}) {
  return stripe.subscriptions.create({
    customer,
    items: [{ price: prices.starter.id }, { price: prices.usage.id }],
    billing_mode: { type: "flexible" },
    ...extra,
  });
}

const itemOf = (subscription: Stripe.Subscription, price: Stripe.Price): string => {
  const item = subscription.items.data.find((each) => each.price.id === price.id);
  if (!item) throw new Error(`no item of ${price.id}`);
  return item.id;
};
const latest = (subscription: Stripe.Subscription) =>
  stripe.invoices.retrieve(String(subscription.latest_invoice), { expand: ["payments"] });
const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map(({ amount }) => amount);
const statusOf = async (id: string) => (await stripe.subscriptions.retrieve(id)).status;

describe("a subscription with usage", () => {
  it("is paid ahead, bills use in arrears by tier after an hour that takes late events, and is right to the cent", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await subscribe(customer);
    const first = await latest(subscription);
    expect([subscription.status, first.status, first.billing_reason, first.total]).toEqual([
      "active",
      "paid",
      "subscription_create",
      9700,
    ]);
    expect(first.payments?.data[0]).toMatchObject({ status: "paid", amount_paid: 9700 });

    await use(customer, 250, start + 60);
    await test.advance(clock, feb - hour);
    await use(customer, 120, feb - 2 * hour);
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    await test.advance(clock, feb + 600);
    const draft = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect([draft.status, draft.automatically_finalizes_at]).toEqual(["draft", feb + hour]);
    expect(amounts(draft)).toEqual(amounts(preview));
    expect(draft.total).toBe(
      9700 +
        tiered(
          [
            { upTo: 300, unit: "0" },
            { upTo: null, unit: "25" },
          ],
          370,
        ),
    );
    // Late, but of the period: it comes onto the draft. Of the next period: it does not.
    await use(customer, 30, feb - 1);
    await use(customer, 7, feb + 10);
    await stripe.billing.meterEventAdjustments.create({
      event_name: prices.meter.event_name,
      type: "cancel",
      cancel: { identifier: `${customer}_${feb - 2 * hour}_120` },
    });
    await use(customer, 121, feb - 3 * hour);
    await test.advance(clock, feb + 2 * hour);
    const paid = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect([paid.status, paid.total]).toEqual([
      "paid",
      9700 +
        tiered(
          [
            { upTo: 300, unit: "0" },
            { upTo: null, unit: "25" },
          ],
          401,
        ),
    ]);
    expect(paid.lines.data.map(({ quantity, period }) => [quantity, period.start, period.end])).toEqual([
      [300, start, feb],
      [101, start, feb],
      [1, feb, march],
    ]);
    const summary = await stripe.billing.meters.listEventSummaries(prices.meter.id, {
      customer,
      start_time: start - (start % 60),
      end_time: feb - (feb % 60),
    });
    expect(summary.data[0]?.aggregated_value).toBe(401);
  });

  it("counts an identifier once in a day, takes nothing older than 35 days, and drops what a trial uses", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await subscribe(customer, { trial_period_days: 14 });
    expect([subscription.status, (await latest(subscription)).total]).toEqual(["trialing", 0]);
    await use(customer, 900, start + 5, "call_1");
    await expect(use(customer, 900, start + 6, "call_1")).rejects.toMatchObject({ code: "duplicate_meter_event" });
    await test.advance(clock, start + 14 * day + 2 * hour);
    const invoice = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect([invoice.status, invoice.total]).toEqual(["paid", 9700]);
    await expect(
      stripe.billing.meterEventAdjustments.create({
        event_name: prices.meter.event_name,
        type: "cancel",
        cancel: { identifier: "call_1" },
      }),
    ).rejects.toMatchObject({ param: "cancel[identifier]" });
  });
});

describe("a change of plan", () => {
  it("costs what its preview said, and the preview what exact fractions say, line by line", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await subscribe(customer);
    await use(customer, 333, start + 60);
    const at = start + 11 * day + 12_345;
    await test.advance(clock, at + 60);
    const change = {
      items: [
        { id: itemOf(subscription, prices.starter), price: prices.pro.id },
        { id: itemOf(subscription, prices.usage), price: prices.proUsage.id },
      ],
      proration_date: at,
      proration_behavior: "always_invoice" as const,
    };
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    const changed = await stripe.subscriptions.update(subscription.id, {
      ...change,
      payment_behavior: "pending_if_incomplete",
    });
    const invoice = await latest(changed);
    expect([...amounts(invoice)].sort()).toEqual(
      [-remaining(9700, at, start, feb), 0, 33 * 25, remaining(29_700, at, start, feb)].sort(),
    );
    expect(amounts(invoice)).toEqual(amounts(preview));
    expect([invoice.total, invoice.status, invoice.billing_reason]).toEqual([
      preview.total,
      "paid",
      "subscription_update",
    ]);
    expect(changed.items.data.map(({ price }) => price.id).sort()).toEqual([prices.pro.id, prices.proUsage.id].sort());
    // From the change on use counts anew, at the new price.
    await use(customer, 1010, at + 61);
    await test.advance(clock, feb + 2 * hour);
    const next = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect(next.total).toBe(
      29_700 +
        tiered(
          [
            { upTo: 1000, unit: "0" },
            { upTo: null, unit: "20.5" },
          ],
          1010,
        ),
    );
  });

  it("in classic mode the price at the period's end counts for all that was used", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await subscribe(customer, { billing_mode: { type: "classic" } });
    await use(customer, 400, start + 60);
    await test.advance(clock, start + 5 * day);
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription, prices.usage), price: prices.proUsage.id }],
    });
    await test.advance(clock, feb + 2 * hour);
    expect((await latest(await stripe.subscriptions.retrieve(subscription.id))).total).toBe(9700);
  });

  it("to a cheaper plan leaves a balance that the next invoices use up", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.pro.id }] });
    const at = start + 3 * day;
    await test.advance(clock, at);
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription, prices.pro), price: prices.starter.id }],
      proration_behavior: "always_invoice",
    });
    const back = remaining(29_700, at, start, feb) - remaining(9700, at, start, feb);
    expect(await latest(changed)).toMatchObject({ total: -back, amount_due: 0, status: "paid" });
    const holder = await stripe.customers.retrieve(customer);
    expect(holder).toMatchObject({ balance: -back });
    await test.advance(clock, feb + 2 * hour);
    const next = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect(next).toMatchObject({ total: 9700, starting_balance: -back, amount_due: 0, ending_balance: 9700 - back });
  });

  it("to a yearly price begins a new cycle with its whole first year", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const at = start + 10 * day;
    await test.advance(clock, at);
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription, prices.starter), price: prices.yearly.id }],
    });
    expect(amounts(await latest(changed))).toEqual([-remaining(9700, at, start, feb), 97_000]);
    expect(changed.billing_cycle_anchor).toBe(at);
    expect(changed.items.data[0]?.current_period_end).toBe(at + 365 * day);
  });

  it("waits for its money where it must: it takes effect when the invoice is paid, or lapses", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const failing = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
    const upgrade = () =>
      stripe.subscriptions.update(subscription.id, {
        items: [{ id: itemOf(subscription, prices.starter), price: prices.pro.id }],
        proration_behavior: "always_invoice",
        payment_behavior: "pending_if_incomplete",
      });
    await test.advance(clock, start + 5 * day);
    const waiting = await upgrade();
    expect([waiting.status, waiting.items.data[0]?.price.id]).toEqual(["active", prices.starter.id]);
    expect(waiting.pending_update?.subscription_items?.[0]?.price.id).toBe(prices.pro.id);
    await test.advance(clock, start + 7 * day);
    const lapsed = await stripe.subscriptions.retrieve(subscription.id);
    expect([lapsed.pending_update, (await latest(lapsed)).status]).toEqual([null, "void"]);
    const again = await upgrade();
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.invoices.pay(String(again.latest_invoice), { payment_method: good.id });
    const applied = await stripe.subscriptions.retrieve(subscription.id);
    expect([applied.pending_update, applied.items.data[0]?.price.id]).toEqual([null, prices.pro.id]);
    const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        "customer.subscription.pending_update_expired",
        "customer.subscription.pending_update_applied",
      ]),
    );
    await expect(
      stripe.subscriptions.update(subscription.id, { payment_behavior: "pending_if_incomplete", description: "x" }),
    ).rejects.toMatchObject({ param: "description" });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
    const before = await stripe.subscriptions.retrieve(subscription.id);
    await expect(
      stripe.subscriptions.update(subscription.id, {
        items: [{ id: before.items.data[0]?.id ?? "", quantity: 3 }],
        proration_behavior: "always_invoice",
        payment_behavior: "error_if_incomplete",
      }),
    ).rejects.toMatchObject({ type: "StripeCardError" });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(1);
  });
});

describe("money that does not come", () => {
  it("is tried again after 3, 5 and 7 days: past due, then unpaid; a card that works makes it active again", async () => {
    const { customer, clock } = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const failing = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
    await test.advance(clock, feb + 2 * hour);
    const open = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect([await statusOf(subscription.id), open.status, open.attempt_count, open.next_payment_attempt]).toEqual([
      "past_due",
      "open",
      1,
      feb + hour + 3 * day,
    ]);
    await test.advance(clock, feb + 9 * day);
    expect([await statusOf(subscription.id), (await latest(subscription)).status]).toEqual(["past_due", "paid"]);
    await test.advance(clock, feb + 16 * day);
    const given = await stripe.invoices.retrieve(open.id);
    expect([await statusOf(subscription.id), given.attempt_count, given.next_payment_attempt]).toEqual([
      "unpaid",
      4,
      null,
    ]);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.invoices.pay(open.id, { payment_method: good.id });
    expect(await statusOf(subscription.id)).toBe("active");
  });

  it("a trial without a card pauses; with one it resumes with a period of its own", async () => {
    const { customer, clock } = await makeCustomer(stripe, "");
    const subscription = await subscribe(customer, {
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    expect(subscription.pending_setup_intent).toMatch(/^seti_/);
    await test.advance(clock, start + 8 * day);
    expect(await statusOf(subscription.id)).toBe("paused");
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } });
    const resumed = await stripe.subscriptions.resume(subscription.id);
    expect([resumed.status, (await latest(resumed)).status, resumed.billing_cycle_anchor]).toEqual([
      "active",
      "paid",
      start + 8 * day,
    ]);
    const types = (await stripe.events.list({ limit: 100 })).data
      .filter(({ data }) => "id" in data.object && data.object.id === subscription.id)
      .map(({ type }) => type);
    for (const type of ["created", "trial_will_end", "paused", "resumed"])
      expect(types).toContain(`customer.subscription.${type}`);
  });

  it("a first invoice that fails leaves it incomplete for 23 hours", async () => {
    const { customer, clock } = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    expect(subscription.status).toBe("incomplete");
    await test.advance(clock, start + day);
    expect([await statusOf(subscription.id), (await latest(subscription)).status]).toEqual([
      "incomplete_expired",
      "void",
    ]);
    await expect(
      stripe.paymentMethods.attach("pm_card_visa_chargeDeclinedInsufficientFunds", { customer }),
    ).rejects.toMatchObject({ decline_code: "insufficient_funds" });
  });

  it("a card whose bank asks waits for the answer", async () => {
    const { customer } = await makeCustomer(stripe, "pm_card_authenticationRequired");
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: prices.starter.id }],
      expand: ["latest_invoice.confirmation_secret"],
    });
    expect(subscription.status).toBe("incomplete");
    const [payment] = (
      await stripe.invoicePayments.list({ invoice: (subscription.latest_invoice as Stripe.Invoice).id })
    ).data;
    const intent = await stripe.paymentIntents.retrieve(String(payment?.payment.payment_intent));
    expect(intent.status).toBe("requires_action");
    await fetch(String(intent.next_action?.redirect_to_url?.url), {
      method: "POST",
      body: "answer=pass",
      redirect: "manual",
    });
    expect(await statusOf(subscription.id)).toBe("active");
  });
});

describe("the end", () => {
  it("at the period's end bills what was used; at once only if it is told to", async () => {
    const [one, two, three] = await Promise.all([makeCustomer(stripe), makeCustomer(stripe), makeCustomer(stripe)]);
    const [atEnd, silent, billed] = await Promise.all([one, two, three].map(({ customer }) => subscribe(customer)));
    if (!atEnd || !silent || !billed) throw new Error("no subscription");
    for (const { customer } of [one, two, three]) await use(customer, 310, start + 60);
    for (const { clock } of [two, three]) await test.advance(clock, start + day);
    await stripe.subscriptions.update(atEnd.id, { cancel_at_period_end: true });
    await stripe.subscriptions.cancel(silent.id);
    await stripe.subscriptions.cancel(billed.id, { invoice_now: true, prorate: false });
    for (const { clock } of [one, two, three]) await test.advance(clock, feb + 2 * hour);
    const totals = async ({ customer }: { customer: string }) =>
      (await stripe.invoices.list({ customer })).data.map(({ total, status }) => [total, status]);
    expect(await totals(one)).toEqual([
      [250, "paid"],
      [9700, "paid"],
    ]);
    expect(await totals(two)).toEqual([[9700, "paid"]]);
    expect(await totals(three)).toEqual([
      [250, "paid"],
      [9700, "paid"],
    ]);
    expect(await Promise.all([atEnd, silent, billed].map(({ id }) => statusOf(id)))).toEqual([
      "canceled",
      "canceled",
      "canceled",
    ]);
  });
});

describe("money that goes back", () => {
  it("refunds part and rest of a charge, never more; a credit note gives to the balance or to the card", async () => {
    const { customer } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const invoice = await latest(subscription);
    const payment_intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 1700,
      credit_amount: 700,
      refund_amount: 1000,
    });
    expect([note.type, note.post_payment_amount, note.refunds[0]?.amount_refunded]).toEqual([
      "post_payment",
      1700,
      1000,
    ]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -700 });
    await expect(stripe.creditNotes.create({ invoice: invoice.id, amount: 8001 })).rejects.toMatchObject({
      param: "amount",
    });
    await stripe.refunds.create({ payment_intent, amount: 8000 });
    await expect(stripe.refunds.create({ payment_intent, amount: 701 })).rejects.toMatchObject({
      code: "amount_too_large",
    });
    await stripe.refunds.create({ payment_intent });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_already_refunded" });
    const [charge] = (await stripe.charges.list({ payment_intent })).data;
    expect(charge).toMatchObject({ amount_refunded: 9700, refunded: true });
  });

  it("a disputed charge cannot be refunded", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 5000,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_createDispute",
    });
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute).toMatchObject({ status: "needs_response", amount: 5000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: "charge_disputed",
    });
    expect(await test.control("POST", `/disputes/${dispute?.id}/close`, { status: "won" })).toMatchObject({
      status: "won",
    });
  });

  it("a hold is captured in part, or ends by itself after seven days", async () => {
    const { customer, clock, method } = await makeCustomer(stripe);
    const hold = () =>
      stripe.paymentIntents.create({
        amount: 4000,
        currency: "usd",
        customer,
        payment_method: method ?? "",
        capture_method: "manual",
        confirm: true,
      });
    const [one, two] = [await hold(), await hold()];
    expect((await stripe.paymentIntents.capture(one.id, { amount_to_capture: 1500 })).amount_received).toBe(1500);
    await test.advance(clock, start + 8 * day);
    expect((await stripe.paymentIntents.retrieve(two.id)).status).toBe("canceled");
  });
});

describe("currencies", () => {
  it("without and with three decimals are whole minor units throughout", async () => {
    for (const [currency, amount] of [
      ["jpy", 9700],
      ["kwd", 29_750],
      ["inr", 790_000],
    ] as const) {
      const { customer, clock } = await makeCustomer(stripe);
      const make = (unit_amount: number) =>
        stripe.prices.create({ product: prices.product.id, currency, unit_amount, recurring: { interval: "month" } });
      const [low, high] = [await make(amount), await make(amount * 3)];
      const subscription = await stripe.subscriptions.create({ customer, items: [{ price: low.id }] });
      const at = start + 7 * day + 77;
      await test.advance(clock, at);
      const changed = await stripe.subscriptions.update(subscription.id, {
        items: [{ id: itemOf(subscription, low), price: high.id }],
        proration_behavior: "always_invoice",
      });
      expect(await latest(changed)).toMatchObject({
        currency,
        total: remaining(amount * 3, at, start, feb) - remaining(amount, at, start, feb),
      });
      await expect(
        stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] }),
      ).rejects.toMatchObject({ param: "items" });
    }
  });

  it("an amount too small to charge is carried to the next invoice, and back if that is made void", async () => {
    const { customer } = await makeCustomer(stripe);
    await stripe.invoiceItems.create({ customer, amount: 30, currency: "usd" });
    const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    expect(await stripe.invoices.finalizeInvoice(invoice.id)).toMatchObject({
      status: "paid",
      amount_due: 0,
      ending_balance: 30,
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 30 });
    await stripe.invoiceItems.create({ customer, amount: 500, currency: "usd" });
    const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    expect(await stripe.invoices.finalizeInvoice(id, { auto_advance: false })).toMatchObject({ amount_due: 530 });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
    await stripe.invoices.voidInvoice(id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 30 });
  });
});
