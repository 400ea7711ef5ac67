import type Stripe from "stripe";
import type { Call } from "../call";
import { need } from "../call";
import { invalid } from "../errors";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { beginning } from "../subscriptions/create";
import { cycleLines } from "../subscriptions/cycle-lines";
import { periodOf, recurringOf } from "../subscriptions/parts";
import { nextAnniversary } from "../subscriptions/period";
import { planChange } from "../subscriptions/plan-change";
import { nowOf } from "../world";
import type { DraftLine } from "./draft-line";
import { pendingLines } from "./invoice-items";
import { invoiceObject } from "./invoice-object";

type Params = Stripe.InvoiceCreatePreviewParams;

/** The invoice that a change would make at once, or else the next one; nothing is kept. */
export function preview(call: Call<Params>): object {
  const { world, books, params } = call;
  if (!params.subscription) return previewNew(call);
  const subscription = need(books.subscriptions, params.subscription, "subscription", "subscription");
  const customer = need(books.customers, idOf(subscription.customer), "customer");
  if (subscription.status === "canceled" || subscription.status === "incomplete_expired")
    throw invalid(
      "You cannot preview the upcoming invoice for a canceled subscription.",
      "subscription",
      "invoice_upcoming_none",
    );
  const details = params.subscription_details;
  const now = nowOf(world, books, idOf(customer.test_clock));
  const changed = details?.items || details?.billing_cycle_anchor?.type === "now" || details?.trial_end === "now";
  if (!changed && (subscription.cancel_at_period_end || details?.cancel_at_period_end)) {
    const last = periodOf(subscription);
    const lines = cycleLines(books, subscription, customer, { last, next: undefined });
    if (lines.length === 0) throw invalid("No upcoming invoices for customer", undefined, "invoice_upcoming_none");
    return answer(call, subscription, customer, lines, last, "upcoming");
  }
  if (!changed) return nextInvoice(call, subscription, customer);
  const planned = planChange(
    books,
    subscription,
    {
      items: details?.items,
      proration_date: details?.proration_date,
      proration_behavior: details?.proration_behavior,
      billing_cycle_anchor: details?.billing_cycle_anchor,
      trial_end: details?.trial_end,
    },
    now,
  );
  if (details?.proration_behavior === "always_invoice" || planned.isNewCycle) {
    const lines = [...pendingLines(books, customer.id, subscription.id), ...planned.prorations, ...planned.charges];
    return answer(call, subscription, customer, lines, { start: now, end: now }, "subscription_update");
  }
  const after = { ...subscription, items: { ...subscription.items, data: planned.items } };
  const counted = withUsageFrom(books, subscription, planned.countedAnew, planned.at);
  return nextInvoice({ ...call, books: counted }, after, customer, planned.prorations);
}

function withUsageFrom(books: Books, subscription: Stripe.Subscription, ids: string[], at: number): Books {
  if (ids.length === 0) return books;
  const notes = books.subscriptionNotes.get(subscription.id);
  const usageFrom = { ...notes?.usageFrom, ...Object.fromEntries(ids.map((id) => [id, at])) };
  const table = {
    ...books.subscriptionNotes,
    get: () => ({ id: subscription.id, usageBilledTo: {}, ...notes, usageFrom }),
  };
  return { ...books, subscriptionNotes: table };
}

function nextInvoice(
  call: Call<Params>,
  subscription: Stripe.Subscription,
  customer: Stripe.Customer,
  extra: DraftLine[] = [],
): object {
  const { books } = call;
  const last = periodOf(subscription);
  const anchor = subscription.status === "trialing" ? last.end : subscription.billing_cycle_anchor;
  const next = { start: last.end, end: nextAnniversary(anchor, recurringOf(subscription), last.end) };
  const lines = [...extra, ...cycleLines(books, subscription, customer, { last, next })];
  return answer(call, subscription, customer, lines, last, "upcoming");
}

function previewNew(call: Call<Params>): object {
  const { world, books, params } = call;
  const items = params.subscription_details?.items;
  if (!items) {
    const customer = need(books.customers, params.customer, "customer", "customer");
    const [subscription] = books.subscriptions
      .all("customer", customer.id)
      .filter(({ status }) => !["canceled", "incomplete_expired"].includes(status));
    if (!subscription) throw invalid("No upcoming invoices for customer", undefined, "invoice_upcoming_none");
    return nextInvoice(call, subscription, customer);
  }
  const { trial_end: trialEnd, billing_cycle_anchor: anchor, billing_mode: mode } = params.subscription_details ?? {};
  const { subscription, customer, lines } = beginning(world, books, {
    ...(params.customer ? { customer: params.customer } : {}),
    items: items.map(({ price, quantity }) => ({
      ...(price ? { price } : {}),
      ...(quantity === undefined ? {} : { quantity }),
    })),
    ...(trialEnd === undefined ? {} : { trial_end: trialEnd }),
    ...(anchor?.timestamp === undefined ? {} : { billing_cycle_anchor: anchor.timestamp }),
    ...(mode ? { billing_mode: { type: mode.type } } : {}),
  } as Stripe.SubscriptionCreateParams);
  const period = { start: subscription.created, end: subscription.created };
  return answer(
    call,
    null,
    customer,
    [...pendingLines(books, customer.id, null), ...lines],
    period,
    "upcoming",
    subscription.currency,
  );
}

function answer(
  { world, books }: Call<Params>,
  subscription: Stripe.Subscription | null,
  customer: Stripe.Customer,
  lines: DraftLine[],
  period: { start: number; end: number },
  reason: Stripe.Invoice.BillingReason,
  currency = subscription?.currency ?? "usd",
): object {
  const order = { customer, currency, subscription, reason, lines, period, autoAdvance: true, isPreview: true };
  const invoice = invoiceObject(world, books, order);
  invoice.ending_balance = invoice.starting_balance + invoice.total - invoice.amount_due;
  return invoice;
}
