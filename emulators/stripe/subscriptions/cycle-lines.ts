import type Stripe from "stripe";
import { type DraftLine, licensedLines, usageLines } from "../invoices/draft-line";
import { pendingLines } from "../invoices/invoice-items";
import type { Books } from "../state/books";
import { isMetered, notesOf, type Period } from "./parts";

/** What a renewal's invoice says; also what a preview of it does. */
export function cycleLines(
  books: Books,
  subscription: Stripe.Subscription,
  customer: Stripe.Customer,
  { last, next }: { last: Period; next: Period | undefined },
): DraftLine[] {
  const notes = notesOf(books, subscription);
  const metered = subscription.items.data.filter(isMetered);
  const used = metered.flatMap((item) => {
    const from = notes.usageFrom[item.id] ?? last.start;
    return from < last.end ? usageLines(books, item, customer.id, from, last.end) : [];
  });
  const fixed = next
    ? subscription.items.data.filter((item) => !isMetered(item)).flatMap((item) => licensedLines(books, item, next))
    : [];
  return [...pendingLines(books, customer.id, subscription.id), ...used, ...fixed];
}
