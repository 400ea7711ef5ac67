import type Stripe from "stripe";
import { recordEvent } from "../events/record-event";
import { keepInvoice } from "../invoices/keep";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import type { World } from "../world";
import { expireIncomplete } from "./after-payment";
import { cycleLines } from "./cycle-lines";
import { endNow } from "./end";
import { isMetered, notesOf, periodOf, recurringOf, setPeriod } from "./parts";
import { expirePending } from "./pending-change";
import { nextAnniversary } from "./period";
import { setStatus } from "./set-status";

/** What a subscription does at its next moment. */
export function reachMoment(world: World, books: Books, subscription: Stripe.Subscription, at: number): void {
  if (subscription.status === "incomplete") {
    expireIncomplete(world, books, subscription, at);
    return;
  }
  if (subscription.pending_update && subscription.pending_update.expires_at <= at)
    expirePending(world, books, subscription);
  const testClock = idOf(subscription.test_clock);
  const notes = notesOf(books, subscription);
  const { trial_end: trialEnd } = subscription;
  if (subscription.status === "trialing" && trialEnd && notes.trialNoticeAt !== trialEnd && at < trialEnd) {
    books.subscriptionNotes.save({ ...notes, trialNoticeAt: trialEnd });
    recordEvent(world, books, "customer.subscription.trial_will_end", subscription, { testClock });
  }
  const resumesAt = subscription.pause_collection?.resumes_at;
  if (resumesAt && resumesAt <= at) {
    subscription.pause_collection = null;
    books.subscriptions.save(subscription);
    recordEvent(world, books, "customer.subscription.updated", subscription, { testClock });
  }
  const period = periodOf(subscription);
  const isEnd = subscription.cancel_at !== null && subscription.cancel_at <= at;
  if (isEnd || (subscription.cancel_at_period_end && period.end <= at)) {
    endNow(world, books, subscription, {
      invoiceNow: true,
      at,
      ...(isEnd && at < period.end ? { prorate: true } : {}),
    });
    return;
  }
  if (period.end > at || subscription.status === "paused") return;
  if (subscription.status === "trialing") endTrial(world, books, subscription, at);
  else renew(world, books, subscription, at, "subscription_cycle");
}

/** With a card, or where an invoice is wanted anyway, it goes on; else it pauses or ends. */
function endTrial(world: World, books: Books, subscription: Stripe.Subscription, at: number): void {
  const customer = books.customers.get(idOf(subscription.customer));
  const method = subscription.default_payment_method ?? customer?.invoice_settings.default_payment_method;
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice";
  const isMissing = !method && subscription.collection_method === "charge_automatically";
  const testClock = idOf(subscription.test_clock);
  if (isMissing && behavior === "cancel") {
    endNow(world, books, subscription, { at, reason: "payment_failed" });
    return;
  }
  if (isMissing && behavior === "pause") {
    setStatus(world, books, subscription, "paused");
    recordEvent(world, books, "customer.subscription.paused", subscription, { testClock });
    return;
  }
  beginPaid(world, books, subscription, at);
}

/** A trial's end, or a pause's: the first period that costs begins now, with its invoice. */
export function beginPaid(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  at: number,
  finalizesAt?: number,
): Stripe.Invoice | undefined {
  subscription.billing_cycle_anchor = at;
  const notes = notesOf(books, subscription);
  for (const item of subscription.items.data) notes.usageFrom[item.id] = at;
  books.subscriptionNotes.save(notes);
  const previous = subscription.status;
  subscription.status = "active";
  const invoice = renew(world, books, subscription, at, "subscription_cycle", finalizesAt);
  if (previous === "paused")
    recordEvent(world, books, "customer.subscription.resumed", subscription, {
      testClock: idOf(subscription.test_clock),
    });
  return invoice;
}

/** Closes a period and opens the next: what was used is billed, what is fixed is billed ahead. */
function renew(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  at: number,
  reason: Stripe.Invoice.BillingReason,
  finalizesAt = at + world.settings.graceSeconds,
): Stripe.Invoice | undefined {
  const customer = books.customers.get(idOf(subscription.customer));
  if (!customer) return undefined;
  const before = { items: JSON.parse(JSON.stringify(subscription.items)), status: subscription.status };
  const last = periodOf(subscription);
  const period = { start: at, end: nextAnniversary(subscription.billing_cycle_anchor, recurringOf(subscription), at) };
  const lines = cycleLines(books, subscription, customer, { last: { start: last.start, end: at }, next: period });
  const notes = notesOf(books, subscription);
  for (const item of subscription.items.data.filter(isMetered)) notes.usageFrom[item.id] = at;
  books.subscriptionNotes.save(notes);
  setPeriod(subscription, period);
  const isHeld = subscription.status === "unpaid" || subscription.pause_collection !== null;
  const invoice = keepInvoice(world, books, {
    customer,
    currency: subscription.currency,
    subscription,
    reason,
    lines,
    period: { start: last.start, end: at },
    autoAdvance: !isHeld,
    finalizesAt: isHeld ? undefined : finalizesAt,
  });
  recordEvent(world, books, "customer.subscription.updated", subscription, {
    previous: before,
    testClock: idOf(subscription.test_clock),
  });
  return invoice;
}
