import type Stripe from "stripe";
import { recordEvent } from "../events/record-event";
import { prorationLine, usageLines } from "../invoices/draft-line";
import { pendingLines } from "../invoices/invoice-items";
import { keepInvoice } from "../invoices/keep";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf, type World } from "../world";
import { notesOf, periodOf } from "./parts";

interface End {
  reason?: Stripe.Subscription.CancellationDetails.Reason;
  /** Bills what was used and what waits; without it, both are lost. */
  invoiceNow?: boolean;
  /** Gives back the rest of the period. */
  prorate?: boolean;
  comment?: string | null;
  feedback?: Stripe.Subscription.CancellationDetails.Feedback | null;
  at?: number;
}

/** Ends a subscription at this moment. */
export function endNow(world: World, books: Books, subscription: Stripe.Subscription, end: End): void {
  const testClock = idOf(subscription.test_clock);
  const now = end.at ?? nowOf(world, books, testClock);
  const customer = books.customers.get(idOf(subscription.customer));
  const wasTrial = subscription.status === "trialing";
  const period = periodOf(subscription);
  if (customer && end.invoiceNow && !wasTrial) {
    const notes = notesOf(books, subscription);
    const lines = pendingLines(books, customer.id, subscription.id);
    for (const item of subscription.items.data) {
      if (item.price.recurring?.usage_type === "metered")
        lines.push(...usageLines(books, item, customer.id, notes.usageFrom[item.id] ?? period.start, now));
      else if (end.prorate && now < period.end) lines.push(prorationLine(books, item, -1n, now, period));
    }
    if (lines.some(({ amount, quantity }) => amount !== 0n || quantity > 0n)) {
      const reason = end.at === undefined ? "subscription_update" : "subscription_cycle";
      const order = {
        customer,
        currency: subscription.currency,
        subscription,
        lines,
        period: { start: period.start, end: now },
      };
      keepInvoice(world, books, {
        ...order,
        reason,
        autoAdvance: true,
        finalizesAt: now + world.settings.graceSeconds,
      });
    }
  }
  subscription.status = "canceled";
  subscription.canceled_at ??= now;
  subscription.ended_at = now;
  subscription.pending_update = null;
  const known = subscription.cancellation_details;
  subscription.cancellation_details = {
    comment: end.comment ?? known?.comment ?? null,
    feedback: end.feedback ?? known?.feedback ?? null,
    feedback_option: null,
    reason: end.reason ?? known?.reason ?? "cancellation_requested",
  };
  books.subscriptions.save(subscription);
  // What is open is no longer collected by itself.
  for (const invoice of books.invoices.all("subscription", subscription.id)) {
    if (invoice.status !== "open") continue;
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
    books.invoices.save(invoice);
  }
  recordEvent(world, books, "customer.subscription.deleted", subscription, { testClock });
}
