import type Stripe from "stripe";
import { readLookupKey, type SubscriptionRecord, type SubscriptionStatus } from "@/lib/billing/ports";
import { instantOf, instantOrNull, refOf } from "./told";

/** What counts first stands first; what is not here never began. */
const rank: Record<SubscriptionStatus, number> = {
  active: 0,
  trialing: 0,
  past_due: 0,
  unpaid: 0,
  paused: 0,
  canceled: 1,
  incomplete: 2,
  incomplete_expired: 3,
};

const isKnown = (status: string): status is SubscriptionStatus => status in rank;
const hasBegun = ({ status }: Stripe.Subscription) => isKnown(status) && rank[status] < 2;

const goesOn = ({ status }: Stripe.Subscription) => isKnown(status) && rank[status] === 0;

/** Whether its payments are late, so that it has to be asked since when. */
export const isOwing = ({ status }: Stripe.Subscription): boolean => status === "past_due" || status === "unpaid";

/** Its invoices that nobody has paid. What was given up is owed as well, unless one after it was paid: then it was let go. */
export function owedOf(invoices: readonly Stripe.Invoice[]): Stripe.Invoice[] {
  const paid = invoices.filter(({ status, amount_paid }) => status === "paid" && amount_paid > 0);
  const lastPaid = Math.max(0, ...paid.map(({ created }) => created));
  return invoices.filter(
    ({ status, created }) => status === "open" || (status === "uncollectible" && created > lastPaid),
  );
}

export const isOurs = (subscription: Stripe.Subscription): boolean =>
  isKnown(subscription.status) && planItemOf(subscription) !== undefined;

export function whichCounts(all: readonly Stripe.Subscription[]): Stripe.Subscription | undefined {
  const order = ({ status }: Stripe.Subscription) => (isKnown(status) ? rank[status] : 4);
  return [...all].sort((a, b) => order(a) - order(b) || b.created - a.created || (a.id < b.id ? 1 : -1))[0];
}

/** `all`: the customer's, this one included. */
export function subscriptionRecord(
  subscription: Stripe.Subscription,
  all: readonly Stripe.Subscription[],
  owedSince: Date | null,
): SubscriptionRecord | undefined {
  const item = planItemOf(subscription);
  const { status, cancel_at: cancelAt } = subscription;
  if (!item || !isKnown(status)) return undefined;
  const { plan, planVersion, currency, every } = item.terms;
  return {
    plan,
    planVersion,
    currency,
    every,
    ref: subscription.id,
    customerRef: refOf(subscription.customer) ?? "",
    status,
    startedAt: instantOf(subscription.start_date),
    periodStartsAt: instantOf(item.startsAt),
    periodEndsAt: instantOf(item.endsAt),
    cancelAt: instantOrNull(cancelAt ?? (subscription.cancel_at_period_end ? item.endsAt : null)),
    endedAt: instantOrNull(subscription.ended_at),
    billedFrom: billedFrom(all),
    owedSince,
    latestInvoiceRef: refOf(subscription.latest_invoice),
    others: all.filter((each) => each.id !== subscription.id && isOurs(each) && goesOn(each)).map(({ id }) => id),
  };
}

function planItemOf({ items }: Stripe.Subscription) {
  for (const { price, current_period_start, current_period_end } of items.data) {
    const terms = readLookupKey(price.lookup_key);
    if (terms?.kind === "plan") return { terms, startsAt: current_period_start, endsAt: current_period_end };
  }
  return undefined;
}

/** What is used in a trial costs nothing: it begins when the trial is over, and never where it ended before that. */
function billedFrom(all: readonly Stripe.Subscription[]): Date | null {
  const starts = all.flatMap((each) => {
    const start = each.trial_end ?? each.start_date;
    const endedBefore = each.ended_at !== null && each.trial_end !== null && each.ended_at <= each.trial_end;
    return hasBegun(each) && isOurs(each) && !endedBefore ? [start] : [];
  });
  return starts.length > 0 ? instantOf(Math.min(...starts)) : null;
}
