import type Stripe from "stripe";
import { mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { collectInvoice, intentOf } from "../invoices/collect";
import type { DraftLine } from "../invoices/draft-line";
import { finalizeInvoice } from "../invoices/finalize";
import { itemsOf, pendingLines } from "../invoices/invoice-items";
import { keepInvoice } from "../invoices/keep";
import { declineAhead } from "../payments/ahead";
import { declineOf } from "../payments/charge";
import { changes } from "../resources/products";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf, type World } from "../world";
import { checkMethod, trialEnd } from "./create";
import { notesOf, periodOf, refuseUnplayed } from "./parts";
import { type PlannedChange, planChange } from "./plan-change";
import { planSubscription } from "./plan-moments";
import { setStatus } from "./set-status";

type Params = Stripe.SubscriptionUpdateParams;

const unplayed = [
  ...["add_invoice_items", "application_fee_percent", "billing_schedules", "billing_thresholds", "default_source"],
  ...[
    "default_tax_rates",
    "discounts",
    "on_behalf_of",
    "pending_invoice_item_interval",
    "transfer_data",
    "trial_from_plan",
  ],
];
const pendingFor = 23 * 3600;
const latestEnd = 5 * 366 * 86_400;
/** Stripe's list of what a pending update may hold. */
const mayPend = new Set([
  "expand",
  "items",
  "payment_behavior",
  "proration_behavior",
  "proration_date",
  "billing_cycle_anchor",
  "trial_end",
  "trial_from_plan",
  "add_invoice_items",
  "metadata",
  "off_session",
]);

/** Changes a subscription; items by `planChange`, an invoice at once where `always_invoice` or a new cycle asks for it. */
export function changeSubscription(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  params: Params,
): Stripe.Subscription {
  refuseUnplayed(params, unplayed);
  if (params.automatic_tax?.enabled)
    throw invalid("The emulator does not play automatic_tax.", "automatic_tax[enabled]");
  if (subscription.status === "canceled" || subscription.status === "incomplete_expired") {
    if (Object.keys(params).some((name) => !["metadata", "cancellation_details", "expand"].includes(name)))
      throw invalid("A canceled subscription can only update its cancellation_details and metadata.");
  }
  const testClock = idOf(subscription.test_clock);
  const now = nowOf(world, books, testClock);
  const behavior = params.payment_behavior ?? "allow_incomplete";
  if (behavior === "pending_if_incomplete") {
    const barred = Object.keys(params).find((name) => !mayPend.has(name));
    if (barred)
      throw invalid(
        `When specifying \`payment_behavior=pending_if_incomplete\`, you can only pass the following parameters: ${[...mayPend].join(", ")}.`,
        barred,
      );
  }
  checkMethod(books, params.default_payment_method, idOf(subscription.customer));
  const endsTrial = subscription.status === "trialing" && params.trial_end === "now";
  const changesItems = params.items !== undefined || params.billing_cycle_anchor?.type === "now" || endsTrial;
  const before = JSON.parse(JSON.stringify(subscription)) as Stripe.Subscription;
  const planned = changesItems ? planChange(books, subscription, params, now) : undefined;
  const isInvoiced = planned !== undefined && (params.proration_behavior === "always_invoice" || planned.isNewCycle);
  if (behavior === "error_if_incomplete" && isInvoiced) refuseAhead(books, subscription, planned);
  if (behavior === "pending_if_incomplete" && isInvoiced)
    return pendOrApply(world, books, subscription, params, planned, before, now);
  applySettings(books, subscription, params, now);
  if (planned) {
    applyPlanned(books, subscription, planned);
    settle(world, books, subscription, planned, params, isInvoiced, behavior);
  }
  finish(world, books, subscription, before);
  return subscription;
}

function finish(world: World, books: Books, subscription: Stripe.Subscription, before: Stripe.Subscription): void {
  books.subscriptions.save(subscription);
  const previous = changes(before, subscription);
  if (Object.keys(previous).length > 0)
    recordEvent(world, books, "customer.subscription.updated", subscription, {
      previous,
      testClock: idOf(subscription.test_clock),
    });
  planSubscription(world, books, subscription);
}

function refuseAhead(books: Books, subscription: Stripe.Subscription, planned: PlannedChange): void {
  const customer = books.customers.get(idOf(subscription.customer));
  const due = [...planned.prorations, ...planned.charges].reduce(
    (sum, { amount }) => sum + amount,
    BigInt(customer?.balance ?? 0),
  );
  const method = idOf(subscription.default_payment_method) ?? idOf(customer?.invoice_settings.default_payment_method);
  if (due > 0n) declineAhead(books, method);
}

export function applyPlanned(books: Books, subscription: Stripe.Subscription, planned: PlannedChange): void {
  subscription.items.data = planned.items;
  const notes = notesOf(books, subscription);
  for (const id of planned.countedAnew) notes.usageFrom[id] = planned.usageFrom;
  books.subscriptionNotes.save(notes);
  if (planned.isNewCycle) {
    subscription.billing_cycle_anchor = planned.anchor;
    if (subscription.status === "trialing") {
      subscription.trial_end = planned.period.start;
      subscription.status = "active";
    }
  }
  books.subscriptions.save(subscription);
}

/** What the change costs goes on an invoice now, or waits for the next one. */
function settle(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  planned: PlannedChange,
  params: Params,
  isInvoiced: boolean,
  behavior: string,
): void {
  const customer = need(books.customers, idOf(subscription.customer), "customer");
  const waiting = itemsOf(world, books, customer, subscription.id, planned.prorations);
  if (!isInvoiced) return;
  const invoice = invoiceChange(world, books, subscription, customer, waiting, planned);
  if (invoice?.status !== "open" || subscription.collection_method !== "charge_automatically") return;
  if (behavior === "default_incomplete") {
    setStatus(world, books, subscription, "past_due");
    return;
  }
  collectInvoice(world, books, invoice, { offSession: params.off_session === true });
  const intent = intentOf(books, invoice);
  if (behavior === "error_if_incomplete" && intent) throw declineOf(intent);
}

function invoiceChange(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  customer: Stripe.Customer,
  waiting: DraftLine[],
  planned: PlannedChange,
): Stripe.Invoice | undefined {
  const known = new Set(waiting.map(({ invoiceItem }) => invoiceItem));
  const earlier = pendingLines(books, customer.id, subscription.id).filter(
    ({ invoiceItem }) => !known.has(invoiceItem),
  );
  const lines = [...earlier, ...waiting, ...planned.charges];
  if (lines.length === 0) return undefined;
  const at = nowOf(world, books, idOf(customer.test_clock));
  const invoice = keepInvoice(world, books, {
    customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_update",
    lines,
    period: { start: at, end: at },
    autoAdvance: true,
  });
  finalizeInvoice(world, books, invoice, false);
  return invoice;
}

/** Charges for the change first; if that fails, the subscription stays as it is and the change waits for the money. */
function pendOrApply(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  params: Params,
  planned: PlannedChange,
  before: Stripe.Subscription,
  now: number,
): Stripe.Subscription {
  const customer = need(books.customers, idOf(subscription.customer), "customer");
  const waiting = itemsOf(world, books, customer, subscription.id, planned.prorations);
  books.pendingChanges.save({ id: subscription.id, invoice: "", params, at: now });
  const invoice = invoiceChange(world, books, subscription, customer, waiting, planned);
  if (!invoice || invoice.status === "paid") {
    books.pendingChanges.delete(subscription.id);
    subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
    applyPlanned(books, subscription, planned);
    finish(world, books, subscription, before);
    return subscription;
  }
  books.pendingChanges.save({ id: subscription.id, invoice: invoice.id, params, at: now });
  const intent = collectInvoice(world, books, invoice, { offSession: params.off_session === true });
  if (intent?.status === "succeeded") {
    books.pendingChanges.delete(subscription.id);
    subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
    applyPlanned(books, subscription, planned);
  } else {
    subscription.pending_update = {
      billing_cycle_anchor: planned.isNewCycle ? planned.anchor : null,
      discounts: null,
      expires_at: Math.min(now + pendingFor, periodOf(subscription).end),
      metadata: null,
      subscription_items: planned.items,
      trial_end: null,
      trial_from_plan: null,
    } as unknown as Stripe.Subscription.PendingUpdate;
  }
  finish(world, books, subscription, before);
  return subscription;
}

function applySettings(books: Books, subscription: Stripe.Subscription, params: Params, now: number): void {
  const { cancel_at_period_end: atEnd, cancel_at: cancelAt } = params;
  if (atEnd && cancelAt)
    throw invalid("You may only specify one of these parameters: cancel_at, cancel_at_period_end.", "cancel_at");
  if (atEnd !== undefined) {
    subscription.cancel_at_period_end = atEnd;
    subscription.cancel_at = atEnd ? periodOf(subscription).end : null;
    subscription.canceled_at = atEnd ? now : null;
    if (subscription.cancellation_details)
      subscription.cancellation_details.reason = atEnd ? "cancellation_requested" : null;
  }
  if (cancelAt !== undefined) {
    const at =
      cancelAt === "" || cancelAt === null
        ? null
        : typeof cancelAt === "number"
          ? cancelAt
          : periodOf(subscription).end;
    if (at !== null && at > now + latestEnd)
      throw invalid("cancel_at cannot be more than five years in the future.", "cancel_at");
    if (at !== null && at <= now) throw invalid("cancel_at must be in the future.", "cancel_at");
    subscription.cancel_at = at;
    subscription.canceled_at = at === null ? null : now;
  }
  if (params.cancellation_details && subscription.cancellation_details) {
    const { comment, feedback } = params.cancellation_details;
    if (comment !== undefined) subscription.cancellation_details.comment = comment || null;
    if (feedback !== undefined) subscription.cancellation_details.feedback = feedback || null;
  }
  if (params.default_payment_method !== undefined)
    subscription.default_payment_method = params.default_payment_method || null;
  if (params.description !== undefined) subscription.description = params.description || null;
  if (params.collection_method !== undefined) subscription.collection_method = params.collection_method;
  if (params.days_until_due !== undefined) subscription.days_until_due = params.days_until_due;
  if (params.trial_settings?.end_behavior)
    subscription.trial_settings = { end_behavior: trialEnd(params.trial_settings.end_behavior) };
  if (params.pause_collection !== undefined)
    subscription.pause_collection = params.pause_collection
      ? { behavior: params.pause_collection.behavior, resumes_at: params.pause_collection.resumes_at ?? null }
      : null;
  if (typeof params.trial_end === "number") extendTrial(books, subscription, params.trial_end, now);
  if (params.payment_settings?.save_default_payment_method && subscription.payment_settings)
    subscription.payment_settings.save_default_payment_method = params.payment_settings.save_default_payment_method;
  subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
}

function extendTrial(books: Books, subscription: Stripe.Subscription, until: number, now: number): void {
  if (until > now + 730 * 86_400)
    throw invalid("The trial end date cannot be more than 730 days in the future.", "trial_end");
  if (until <= now) throw invalid("The trial end date has to be after the current time.", "trial_end");
  if (subscription.status !== "trialing")
    throw invalid(
      "The emulator does not play a trial for a subscription that is already paid for.",
      "trial_end",
      "not_played",
    );
  subscription.trial_end = until;
  subscription.billing_cycle_anchor = until;
  for (const item of subscription.items.data) item.current_period_end = until;
  const notes = notesOf(books, subscription);
  for (const item of subscription.items.data) notes.usageFrom[item.id] = until;
  books.subscriptionNotes.save(notes);
}
