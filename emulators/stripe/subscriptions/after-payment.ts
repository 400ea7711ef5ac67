import type Stripe from "stripe";
import { voidInvoice } from "../invoices/collect";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import type { InvoiceFailure, World } from "../world";
import { endNow } from "./end";
import { applyPending } from "./pending-change";
import { setStatus } from "./set-status";

const subscriptionOf = (books: Books, invoice: Stripe.Invoice) =>
  books.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");

/** An open invoice less may end what its subscription was in for. */
export function afterInvoicePaid(world: World, books: Books, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(books, invoice);
  if (!subscription) return;
  const change = books.pendingChanges.all("invoice", invoice.id).find(({ id }) => id === subscription.id);
  if (change && subscription.pending_update) applyPending(world, books, subscription, change);
  if (subscription.status === "incomplete")
    setStatus(
      world,
      books,
      subscription,
      subscription.trial_end && subscription.trial_end > invoice.created ? "trialing" : "active",
    );
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return;
  const isLatest = idOf(subscription.latest_invoice) === invoice.id;
  const open = books.invoices.all("subscription", subscription.id).some(({ status }) => status === "open");
  if (isLatest || !open) setStatus(world, books, subscription, "active");
}

export function afterInvoiceFailed(
  world: World,
  books: Books,
  invoice: Stripe.Invoice,
  { isFirst, isOver }: InvoiceFailure,
): void {
  const subscription = subscriptionOf(books, invoice);
  if (!subscription || isFirst || ["canceled", "incomplete", "incomplete_expired"].includes(subscription.status))
    return;
  // What counts is the latest invoice: an older one that stays open takes nothing away from who pays the newer.
  const latest = books.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (latest && latest.id !== invoice.id && latest.status === "paid") return;
  if (!isOver || world.settings.afterRetries === "past_due") {
    setStatus(world, books, subscription, subscription.status === "unpaid" ? "unpaid" : "past_due");
    return;
  }
  invoice.auto_advance = false;
  books.invoices.save(invoice);
  if (world.settings.afterRetries === "unpaid") setStatus(world, books, subscription, "unpaid");
  else endNow(world, books, subscription, { reason: "payment_failed" });
}

/** A first invoice that nobody paid in time. */
export function expireIncomplete(world: World, books: Books, subscription: Stripe.Subscription, at: number): void {
  subscription.ended_at = at;
  const invoice = books.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") voidInvoice(world, books, invoice);
  setStatus(world, books, subscription, "incomplete_expired");
}
