import type Stripe from "stripe";
import { mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { collectInvoice, intentOf } from "../invoices/collect";
import { type DraftLine, licensedLines, trialLines } from "../invoices/draft-line";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingLines } from "../invoices/invoice-items";
import { keepInvoice } from "../invoices/keep";
import { prorated } from "../money/amounts";
import { declineAhead } from "../payments/ahead";
import { declineOf } from "../payments/charge";
import { makeSetupIntent } from "../payments/setup-intents";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { checkItems, isMetered, itemOf, type Period, priceFor, refuseUnplayed } from "./parts";
import { anniversary, nextAnniversary } from "./period";
import { planSubscription } from "./plan-moments";

type Params = Stripe.SubscriptionCreateParams;

const longestTrial = 730 * 86_400;
const unplayed = [
  ...[
    "add_invoice_items",
    "application_fee_percent",
    "backdate_start_date",
    "billing_cycle_anchor_config",
    "billing_schedules",
  ],
  ...["billing_thresholds", "customer_account", "default_source", "default_tax_rates", "discounts", "on_behalf_of"],
  ...["pending_invoice_item_interval", "transfer_data", "trial_from_plan"],
];

/** A subscription as it begins: its object, what its first invoice says, and until when. Nothing is kept. */
export function beginning(
  world: World,
  books: Books,
  params: Params,
): { subscription: Stripe.Subscription; customer: Stripe.Customer; lines: DraftLine[] } {
  refuseUnplayed(params, unplayed);
  if (params.automatic_tax?.enabled)
    throw invalid("The emulator does not play automatic_tax.", "automatic_tax[enabled]");
  if (!params.customer) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = need(books.customers, params.customer, "customer", "customer");
  const now = nowOf(world, books, idOf(customer.test_clock));
  const trialEnd = readTrialEnd(params, now);
  const id = newId("sub");
  const prices = (params.items ?? []).map((item, index) => priceFor(books, item, `items[${index}]`));
  const [first] = prices;
  if (!first?.recurring) throw invalid("Missing required param: items.", "items", "parameter_missing");
  const anchor = trialEnd ?? readAnchor(params, now, first.recurring) ?? now;
  const period: Period = { start: now, end: trialEnd ?? nextAnniversary(anchor, first.recurring, now) };
  const items = prices.map((price, index) => itemOf(price, id, period, now, params.items?.[index] ?? {}));
  checkItems(items, customer.currency);
  checkMethod(books, params.default_payment_method, customer.id);
  const subscription = subscriptionObject(customer, params, { id, items, anchor, created: now, trialEnd });
  const fixed = items.filter((item) => !isMetered(item));
  const full = { start: anniversary(anchor, first.recurring, -1), end: anchor };
  const lines = trialEnd
    ? items.flatMap((item) => trialLines(books, item, period))
    : anchor > now
      ? params.proration_behavior === "none"
        ? []
        : fixed.flatMap((item) => partial(licensedLines(books, item, period), period, full))
      : fixed.flatMap((item) => licensedLines(books, item, period));
  return { subscription, customer, lines };
}

/** A first period that is shorter than the others costs its part. */
function partial(lines: DraftLine[], period: Period, full: Period): DraftLine[] {
  return lines.map((line) => ({
    ...line,
    amount: prorated(line.amount, period.end - period.start, full.end - full.start),
    isProration: true,
  }));
}

function readTrialEnd(params: Params, now: number): number | undefined {
  if (params.trial_period_days !== undefined && params.trial_end !== undefined)
    throw invalid("You may only specify one of these parameters: trial_end, trial_period_days.", "trial_end");
  if (params.trial_period_days !== undefined) {
    if (params.trial_period_days < 1 || params.trial_period_days > 730)
      throw invalid("trial_period_days must be between 1 and 730.", "trial_period_days", "parameter_invalid_integer");
    return now + params.trial_period_days * 86_400;
  }
  if (params.trial_end === undefined || params.trial_end === "now") return undefined;
  if (params.trial_end > now + longestTrial)
    throw invalid("The trial end date cannot be more than 730 days in the future.", "trial_end");
  if (params.trial_end <= now) throw invalid("The trial end date has to be after the current time.", "trial_end");
  return params.trial_end;
}

function readAnchor(params: Params, now: number, recurring: Stripe.Price.Recurring): number | undefined {
  const anchor = params.billing_cycle_anchor;
  if (anchor === undefined) return undefined;
  if (anchor < now) throw invalid("billing_cycle_anchor must be in the future.", "billing_cycle_anchor");
  if (anchor > nextAnniversary(now, recurring, now))
    throw invalid("billing_cycle_anchor cannot be later than the next natural billing date.", "billing_cycle_anchor");
  return anchor;
}

export function checkMethod(
  books: Books,
  id: string | null | undefined,
  customer: string,
  param = "default_payment_method",
): void {
  if (id && need(books.paymentMethods, id, "payment_method", param).customer !== customer)
    throw invalid(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      param,
      "resource_missing",
    );
}

interface Start {
  id: string;
  items: Stripe.SubscriptionItem[];
  anchor: number;
  created: number;
  trialEnd: number | undefined;
}

function subscriptionObject(customer: Stripe.Customer, params: Params, start: Start): Stripe.Subscription {
  const mode = params.billing_mode?.type ?? "flexible";
  const collection = params.collection_method ?? "charge_automatically";
  if (collection === "send_invoice" && params.days_until_due === undefined)
    throw invalid("Missing required param: days_until_due.", "days_until_due", "parameter_missing");
  return {
    id: start.id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: start.anchor,
    billing_cycle_anchor_config: null,
    billing_mode:
      mode === "flexible"
        ? { flexible: { proration_discounts: "included" }, type: "flexible" }
        : { flexible: null, type: "classic" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: typeof params.cancel_at === "number" ? params.cancel_at : null,
    cancel_at_period_end: params.cancel_at_period_end ?? false,
    canceled_at: params.cancel_at_period_end || params.cancel_at ? start.created : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: params.cancel_at_period_end ? "cancellation_requested" : null,
    },
    collection_method: collection,
    created: start.created,
    currency: start.items[0]?.price.currency ?? "usd",
    customer: customer.id,
    customer_account: null,
    days_until_due: params.days_until_due ?? null,
    default_payment_method: params.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: params.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      object: "list",
      data: start.items,
      has_more: false,
      url: `/v1/subscription_items?subscription=${start.id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: params.payment_settings?.save_default_payment_method ?? "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: start.created,
    status: start.trialEnd ? "trialing" : "active",
    test_clock: idOf(customer.test_clock) ?? null,
    transfer_data: null,
    trial_end: start.trialEnd ?? null,
    trial_settings: { end_behavior: trialEnd(params.trial_settings?.end_behavior) },
    trial_start: start.trialEnd ? start.created : null,
  } as Stripe.Subscription;
}

type EndBehavior = Stripe.Subscription.TrialSettings.EndBehavior;

export const trialEnd = (given: Partial<EndBehavior> | undefined): EndBehavior => ({
  billing_cycle_anchor: given?.billing_cycle_anchor ?? null,
  missing_payment_method: given?.missing_payment_method ?? "create_invoice",
});

/** Keeps a new subscription and collects its first invoice as `payment_behavior` says. */
export function createSubscription(world: World, books: Books, params: Params): Stripe.Subscription {
  const { subscription, customer, lines } = beginning(world, books, params);
  const behavior = params.payment_behavior ?? "allow_incomplete";
  if (behavior === "pending_if_incomplete")
    throw invalid("payment_behavior=pending_if_incomplete is for updates of a subscription alone.", "payment_behavior");
  const method = idOf(subscription.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method);
  const isCollected = subscription.collection_method === "charge_automatically";
  const amount = lines.reduce((sum, line) => sum + line.amount, 0n);
  if (behavior === "error_if_incomplete" && isCollected && amount > 0n) declineAhead(books, method);
  if (!method && isCollected && amount > 0n && behavior === "allow_incomplete")
    throw invalid(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method.",
      undefined,
      "resource_missing",
    );
  const testClock = idOf(customer.test_clock);
  customer.currency ??= subscription.currency;
  books.customers.save(customer);
  const isDue = amount > 0n && isCollected;
  if (isDue) subscription.status = "incomplete";
  if (subscription.status === "trialing" && !method && isCollected)
    subscription.pending_setup_intent = makeSetupIntent(world, books, {
      customer: customer.id,
      usage: "off_session",
    }).id;
  books.subscriptions.save(subscription);
  const usageFrom = Object.fromEntries(
    subscription.items.data.map((item) => [item.id, subscription.trial_end ?? subscription.created]),
  );
  books.subscriptionNotes.save({ id: subscription.id, usageFrom, usageBilledTo: {} });
  const period = { start: subscription.created, end: subscription.created };
  const all = [...pendingLines(books, customer.id, null), ...lines];
  const invoice = keepInvoice(world, books, {
    customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_create",
    lines: all,
    period,
    autoAdvance: isCollected,
  });
  recordEvent(world, books, "customer.subscription.created", subscription, { testClock });
  finalizeInvoice(world, books, invoice, false);
  if (invoice.status === "open" && isCollected && behavior !== "default_incomplete")
    collectInvoice(world, books, invoice, { offSession: params.off_session === true });
  const intent = intentOf(books, invoice);
  if (behavior === "error_if_incomplete" && invoice.status === "open" && intent) throw declineOf(intent);
  planSubscription(world, books, subscription);
  return subscription;
}
