import type Stripe from "stripe";
import { makeCatalogue, openStripe } from "./sdk";

export const feb = Date.UTC(2026, 1, 15, 9) / 1000;
export const march = Date.UTC(2026, 2, 15, 9) / 1000;
export const hour = 3600;

/** An emulator with plans in it, and what subscriptions are tried with. */
export async function openBilling() {
  const test = await openStripe();
  const { stripe } = test;
  const prices = await makeCatalogue(stripe);
  return {
    test,
    stripe,
    prices,
    use: (customer: string, value: number, timestamp: number, identifier = `${customer}_${timestamp}_${value}`) =>
      stripe.billing.meterEvents.create({
        event_name: prices.meter.event_name,
        identifier,
        timestamp,
        payload: { stripe_customer_id: customer, value: String(value) },
      }),
    subscribe: (customer: string, extra: Partial<Stripe.SubscriptionCreateParams> = {}) =>
      stripe.subscriptions.create({
        customer,
        items: [{ price: prices.starter.id }, { price: prices.usage.id }],
        billing_mode: { type: "flexible" },
        ...extra,
      }),
    latest: (subscription: Stripe.Subscription) =>
      stripe.invoices.retrieve(String(subscription.latest_invoice), { expand: ["payments"] }),
    statusOf: async (id: string) => (await stripe.subscriptions.retrieve(id)).status,
  };
}

export const itemOf = (subscription: Stripe.Subscription, price: Stripe.Price): string => {
  const item = subscription.items.data.find((each) => each.price.id === price.id);
  if (!item) throw new Error(`no item of ${price.id}`);
  return item.id;
};

export const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount);
