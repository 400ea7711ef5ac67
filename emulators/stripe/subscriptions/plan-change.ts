import type Stripe from "stripe";
import { invalid, missing } from "../errors";
import { type DraftLine, licensedLines, prorationLine, usageLines } from "../invoices/draft-line";
import { amountOf } from "../money/price-amount";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { checkItems, isMetered, itemOf, notesOf, type Period, periodOf, planOf, priceFor } from "./parts";
import { nextAnniversary } from "./period";

type ItemParams = Stripe.SubscriptionUpdateParams.Item;

export interface ChangeParams {
  items?: ItemParams[] | undefined;
  proration_date?: number | undefined;
  proration_behavior?: Stripe.SubscriptionUpdateParams.ProrationBehavior | undefined;
  billing_cycle_anchor?: { type: string } | undefined;
  trial_end?: "now" | number | undefined;
}

/** What a change comes to; nothing is changed yet. */
export interface PlannedChange {
  items: Stripe.SubscriptionItem[];
  /** Items of which usage counts anew from the change on. */
  countedAnew: string[];
  /** What is given back and what is owed for the rest of the period, and usage settled by the change. */
  prorations: DraftLine[];
  /** The whole first period where the rhythm begins anew. */
  charges: DraftLine[];
  period: Period;
  anchor: number;
  /** The cycle begins anew: an invoice is made whatever the proration behaviour. */
  isNewCycle: boolean;
  at: number;
  /** Usage before it was settled. */
  usageFrom: number;
}

/** Works out a change of a subscription's items as of `proration_date`. */
export function planChange(
  books: Books,
  subscription: Stripe.Subscription,
  params: ChangeParams,
  now: number,
): PlannedChange {
  const period = periodOf(subscription);
  const behavior = params.proration_behavior ?? "create_prorations";
  const isTrial = subscription.status === "trialing";
  const endsTrial = isTrial && params.trial_end === "now";
  const at = prorationDate(params, period, now);
  const old = subscription.items.data;
  const { items, touched } = changedItems(books, subscription, params.items ?? [], now);
  checkItems(items, undefined);
  const [first, wasFirst] = [items[0]?.price, old[0]?.price];
  if (!first?.recurring || !wasFirst?.recurring) throw invalid("A subscription needs at least one item.", "items");
  if (first.currency !== subscription.currency)
    throw invalid("The currency of a subscription cannot be changed.", "items");
  const isOtherRhythm =
    first.recurring.interval !== wasFirst.recurring.interval ||
    first.recurring.interval_count !== wasFirst.recurring.interval_count;
  const isNewCycle =
    endsTrial ||
    (!isTrial && (isOtherRhythm || params.billing_cycle_anchor?.type === "now" || becomesPaid(old, items)));
  const customer = idOf(subscription.customer);
  const isFlexible = subscription.billing_mode.type === "flexible";
  const notes = notesOf(books, subscription);
  const prorations: DraftLine[] = [];
  const countedAnew: string[] = [];
  // As if it had happened then, also where a new cycle begins now: what was previewed for an instant is what the change of that instant costs.
  const start = endsTrial ? now : at;
  for (const item of old) {
    const isTouched = touched.has(item.id);
    if (isMetered(item)) {
      // In flexible mode a price that goes is settled; in classic mode the price at the period's end counts for all of it.
      if (!isTrial && (isNewCycle || (isFlexible && isTouched)) && behavior !== "none")
        prorations.push(
          ...usageLines(books, item, customer, notes.usageFrom[item.id] ?? period.start, start, !isNewCycle),
        );
      if (isNewCycle || (isTouched && isFlexible && behavior !== "none")) countedAnew.push(item.id);
    } else if (!isTrial && behavior !== "none" && (isTouched || isNewCycle) && start < period.end) {
      prorations.push(prorationLine(books, item, -1n, start, period));
    }
  }
  const next: Period = isNewCycle ? { start: now, end: nextAnniversary(now, first.recurring, now) } : period;
  const charges: DraftLine[] = [];
  for (const item of items) {
    if (isMetered(item)) {
      if (!old.some(({ id }) => id === item.id)) countedAnew.push(item.id);
    } else if (isNewCycle) charges.push(...licensedLines(books, item, next));
    else if (!isTrial && behavior !== "none" && touched.has(item.id) && at < period.end)
      prorations.push(prorationLine(books, item, 1n, at, period));
  }
  for (const item of items) Object.assign(item, { current_period_start: next.start, current_period_end: next.end });
  const anchor = isNewCycle ? now : subscription.billing_cycle_anchor;
  return { items, countedAnew, prorations, charges, period: next, anchor, isNewCycle, at, usageFrom: start };
}

function prorationDate(params: ChangeParams, period: Period, now: number): number {
  const at = params.proration_date ?? now;
  if (at < period.start || at > period.end)
    throw invalid(
      `Invalid proration_date: must be between the subscription's current period start and end (${period.start} and ${period.end}).`,
      "proration_date",
    );
  return at;
}

/** From nothing to pay to something: billing begins now. */
function becomesPaid(old: Stripe.SubscriptionItem[], items: Stripe.SubscriptionItem[]): boolean {
  const costs = (item: Stripe.SubscriptionItem) =>
    isMetered(item) || amountOf(item.price, BigInt(item.quantity ?? 1)) > 0n;
  return !old.some(costs) && items.some(costs);
}

/** The items after the change, and the ids of those whose price or quantity is another, new ones and removed ones included. */
function changedItems(
  books: Books,
  subscription: Stripe.Subscription,
  params: ItemParams[],
  now: number,
): { items: Stripe.SubscriptionItem[]; touched: Set<string> } {
  const items = new Map(subscription.items.data.map((item) => [item.id, { ...item }]));
  const touched = new Set<string>();
  const like = subscription.items.data[0]?.price;
  for (const [index, given] of params.entries()) {
    const param = `items[${index}]`;
    if (given.id === undefined) {
      const price = priceFor(books, given, param, like);
      const item = itemOf(price, subscription.id, periodOf(subscription), now, given);
      items.set(item.id, item);
      touched.add(item.id);
      continue;
    }
    const item = items.get(given.id);
    if (!item) throw missing("subscription_item", given.id, `${param}[id]`);
    if (given.deleted) {
      items.delete(item.id);
      touched.add(item.id);
      continue;
    }
    const price = given.price && given.price !== item.price.id ? priceFor(books, given, param, like) : item.price;
    const quantity = price.recurring?.usage_type === "metered" ? undefined : (given.quantity ?? item.quantity ?? 1);
    if (price.recurring?.usage_type === "metered" && given.quantity !== undefined)
      throw invalid("Quantity cannot be set on metered prices.", `${param}[quantity]`);
    if (price.id === item.price.id && quantity === item.quantity) continue;
    touched.add(item.id);
    const { quantity: _, ...rest } = item;
    items.set(item.id, { ...rest, price, plan: planOf(price), ...(quantity === undefined ? {} : { quantity }) });
  }
  return { items: [...items.values()], touched };
}
