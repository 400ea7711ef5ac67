import type Stripe from "stripe";
import { jobOrder, schedule } from "../clock/run-jobs";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import type { World } from "../world";
import { type InvoiceOrder, invoiceObject } from "./invoice-object";
import { noteCounted } from "./refresh-usage";

/** Keeps a draft, with what waits for its customer, and plans what happens to it by itself. */
export function keepInvoice(world: World, books: Books, order: InvoiceOrder): Stripe.Invoice {
  const invoice = invoiceObject(world, books, order);
  books.invoices.save(invoice);
  const { customer, subscription } = order;
  if (!customer.currency) {
    customer.currency = order.currency;
    books.customers.save(customer);
  }
  for (const line of order.lines) {
    const item = line.invoiceItem ? books.invoiceItems.get(line.invoiceItem) : undefined;
    if (!item) continue;
    item.invoice = invoice.id;
    books.invoiceItems.save(item);
  }
  if (subscription) {
    noteCounted(books, invoice, order.lines, subscription.items.data);
    subscription.latest_invoice = invoice.id;
    books.subscriptions.save(subscription);
  }
  recordEvent(world, books, "invoice.created", invoice, { testClock: idOf(invoice.test_clock) });
  planInvoice(world, books, invoice);
  return invoice;
}

/** Its next moment: the end of its grace, or the next attempt to collect. */
export function planInvoice(world: World, books: Books, invoice: Stripe.Invoice): void {
  const at = nextMoment(invoice);
  if (at === undefined) return;
  schedule(world, books, idOf(invoice.test_clock), {
    at,
    order: jobOrder.invoice,
    run: () => {
      if (books.invoices.get(invoice.id) !== invoice || nextMoment(invoice) !== at) return;
      world.due.invoice(books, invoice);
    },
  });
}

function nextMoment(invoice: Stripe.Invoice): number | undefined {
  if (!invoice.auto_advance) return undefined;
  if (invoice.status === "draft") return invoice.automatically_finalizes_at ?? undefined;
  if (invoice.status === "open") return invoice.next_payment_attempt ?? undefined;
  return undefined;
}
