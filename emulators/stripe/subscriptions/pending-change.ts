import type Stripe from "stripe";
import { recordEvent } from "../events/record-event";
import { voidInvoice } from "../invoices/collect";
import type { Books, PendingChange } from "../state/books";
import { idOf } from "../state/ids";
import type { World } from "../world";
import { applyPlanned } from "./change";
import { planChange } from "./plan-change";
import { planSubscription } from "./plan-moments";

/** The money came: the change takes effect as it was invoiced. */
export function applyPending(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  change: PendingChange,
): void {
  const planned = planChange(
    books,
    subscription,
    { ...change.params, proration_date: change.params.proration_date ?? change.at },
    change.at,
  );
  books.pendingChanges.delete(change.id);
  subscription.pending_update = null;
  applyPlanned(books, subscription, planned);
  const testClock = idOf(subscription.test_clock);
  recordEvent(world, books, "customer.subscription.pending_update_applied", subscription, { testClock });
  recordEvent(world, books, "customer.subscription.updated", subscription, { testClock });
  planSubscription(world, books, subscription);
}

/** It did not come in time: the change is dropped and its invoice void. */
export function expirePending(world: World, books: Books, subscription: Stripe.Subscription): void {
  const change = books.pendingChanges.get(subscription.id);
  subscription.pending_update = null;
  books.subscriptions.save(subscription);
  books.pendingChanges.delete(subscription.id);
  const invoice = change && books.invoices.get(change.invoice);
  if (invoice?.status === "open") voidInvoice(world, books, invoice);
  recordEvent(world, books, "customer.subscription.pending_update_expired", subscription, {
    testClock: idOf(subscription.test_clock),
  });
}
