import { afterAll, describe, expect, it } from "vitest";
import { amounts, feb, hour, itemOf, openBilling } from "../testing/billing";
import { remaining, tiered } from "../testing/rational";
import { day, makeCustomer, start } from "../testing/sdk";

const { latest, prices, stripe, subscribe, test, use } = await openBilling();
afterAll(() => test.close());

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
