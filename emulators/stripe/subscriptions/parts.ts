import type Stripe from "stripe";
import type { Call } from "../call";
import { need } from "../call";
import { invalid } from "../errors";
import type { Books, SubscriptionNotes } from "../state/books";
import { newId } from "../state/ids";

export interface Period {
  start: number;
  end: number;
}

/** All items of a subscription share one period here. */
export function periodOf(subscription: Stripe.Subscription): Period {
  const [item] = subscription.items.data;
  return {
    start: item?.current_period_start ?? subscription.created,
    end: item?.current_period_end ?? subscription.created,
  };
}

export function setPeriod(subscription: Stripe.Subscription, period: Period): void {
  for (const item of subscription.items.data) {
    item.current_period_start = period.start;
    item.current_period_end = period.end;
  }
}

export function notesOf(books: Books, subscription: Pick<Stripe.Subscription, "id">): SubscriptionNotes {
  return books.subscriptionNotes.get(subscription.id) ?? { id: subscription.id, usageFrom: {}, usageBilledTo: {} };
}

export const isMetered = (item: Stripe.SubscriptionItem): boolean => item.price.recurring?.usage_type === "metered";

export function recurringOf(subscription: Pick<Stripe.Subscription, "items">): Stripe.Price.Recurring {
  const recurring = subscription.items.data[0]?.price.recurring;
  if (!recurring) throw invalid("The subscription has no recurring price.", "items");
  return recurring;
}

interface ItemParams {
  price?: string;
  price_data?: object;
  plan?: string;
  quantity?: number;
  metadata?: unknown;
}

/** A price that may stand on a subscription, in its currency and rhythm. */
export function priceFor(books: Books, params: ItemParams, param: string, like?: Stripe.Price): Stripe.Price {
  if (params.price_data)
    throw invalid("price_data is not played by this emulator; create a price first.", `${param}[price_data]`);
  if (params.plan) throw invalid("Plans are not played by this emulator; use a price.", `${param}[plan]`);
  if (!params.price) throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, "parameter_missing");
  const price = need(books.prices, params.price, "price", `${param}[price]`);
  if (!price.recurring)
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      `${param}[price]`,
    );
  if (!price.active)
    throw invalid("The price specified is inactive. This field only accepts active prices.", `${param}[price]`);
  if (price.recurring.usage_type === "metered" && params.quantity !== undefined)
    throw invalid("Quantity cannot be set on metered prices.", `${param}[quantity]`);
  if (like && price.currency !== like.currency)
    throw invalid("All prices on a subscription must have the same currency.", `${param}[price]`);
  return price;
}

export function itemOf(
  price: Stripe.Price,
  subscription: string,
  period: Period,
  created: number,
  params: ItemParams,
): Stripe.SubscriptionItem {
  return {
    id: newId("si", 14),
    object: "subscription_item",
    billing_thresholds: null,
    created,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: (params.metadata || {}) as Record<string, string>,
    plan: planOf(price),
    price,
    ...(price.recurring?.usage_type === "metered" ? {} : { quantity: params.quantity ?? 1 }),
    subscription,
    tax_rates: [],
  };
}

/** What older readers know a price as. */
export function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? "licensed",
  } as Stripe.Plan;
}

/** One rhythm and one currency for all items. */
export function checkItems(items: Stripe.SubscriptionItem[], currency: string | null | undefined): void {
  const [first, ...others] = items;
  if (!first) throw invalid("A subscription needs at least one item.", "items");
  for (const { price } of others) {
    if (price.currency !== first.price.currency)
      throw invalid("All prices on a subscription must have the same currency.", "items");
    const [a, b] = [price.recurring, first.price.recurring];
    if (a?.interval !== b?.interval || a?.interval_count !== b?.interval_count)
      throw invalid("Prices of different intervals on one subscription are not played by this emulator.", "items");
  }
  const ids = items.map(({ price }) => price.id);
  if (new Set(ids).size < ids.length)
    throw invalid("Cannot add multiple subscription items with the same price.", "items");
  if (currency && currency !== first.price.currency)
    throw invalid(
      `You cannot combine currencies on a single customer. This customer has an active subscription or invoice in ${currency}.`,
      "items",
    );
}

/** Parameters of Stripe's that this emulator does not act on are refused, not ignored. */
export function refuseUnplayed(params: object, names: string[], call?: Call): void {
  void call;
  for (const name of names) {
    const value = (params as Record<string, unknown>)[name];
    if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) continue;
    throw invalid(`The emulator does not play ${name}.`, name, "not_played");
  }
}
