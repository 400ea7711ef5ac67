import { afterAll, describe, expect, it } from "vitest";
import { amounts, feb, hour, itemOf, march, openBilling } from "../testing/billing";
import { remaining, tiered } from "../testing/rational";
import { day, makeCustomer, start } from "../testing/sdk";

const { latest, prices, statusOf, stripe, subscribe, test, use } = await openBilling();
afterAll(() => test.close());

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
