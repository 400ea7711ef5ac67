import type Stripe from "stripe";
import { changeBalance } from "../customers/balance";
import { recordEvent } from "../events/record-event";
import { leastCharge } from "../money/amounts";
import { makeIntent } from "../payments/intents";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { collectInvoice, invoicePaid } from "./collect";
import { countTotals } from "./invoice-object";

const clockOf = (invoice: Stripe.Invoice) => idOf(invoice.test_clock);

/** Numbers a draft and opens it; what the customer has in hand is used up, and the rest collected unless `collect` is false. */
export function finalizeInvoice(world: World, books: Books, invoice: Stripe.Invoice, collect = true): void {
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  const now = nowOf(world, books, clockOf(invoice));
  invoice.starting_balance = customer?.balance ?? 0;
  countTotals(invoice);
  let due = Math.max(0, invoice.total + invoice.starting_balance);
  // Too little to charge: it is added to what the customer owes next time.
  if (due > 0 && due < leastCharge(invoice.currency) && invoice.collection_method === "charge_automatically") {
    due = 0;
  }
  invoice.amount_due = due;
  invoice.amount_remaining = due;
  invoice.ending_balance = invoice.starting_balance + invoice.total - due;
  invoice.status = "open";
  invoice.effective_at = now;
  invoice.automatically_finalizes_at = null;
  invoice.status_transitions.finalized_at = now;
  invoice.hosted_invoice_url = `${world.origin()}/i/${invoice.id}`;
  invoice.invoice_pdf = `${world.origin()}/i/${invoice.id}/pdf`;
  invoice.webhooks_delivered_at = now;
  if (customer) {
    const sequence = customer.next_invoice_sequence ?? 1;
    invoice.number = `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
    customer.next_invoice_sequence = sequence + 1;
    books.customers.save(customer);
    const change = invoice.ending_balance - invoice.starting_balance;
    if (change !== 0)
      changeBalance(world, books, customer, {
        amount: change,
        currency: invoice.currency,
        // What was in hand, or owed, is used up; or this invoice leaves something.
        type: Math.sign(change) === -Math.sign(invoice.starting_balance) ? "applied_to_invoice" : "invoice_too_small",
        description: null,
        metadata: {},
        invoice: invoice.id,
      });
  }
  books.invoices.save(invoice);
  if (due > 0) openPayment(world, books, invoice);
  recordEvent(world, books, "invoice.finalized", invoice, { testClock: clockOf(invoice) });
  if (due === 0) {
    invoicePaid(world, books, invoice, 0);
    return;
  }
  if (invoice.collection_method === "send_invoice") {
    recordEvent(world, books, "invoice.sent", invoice, { testClock: clockOf(invoice) });
    return;
  }
  if (collect && invoice.auto_advance) collectInvoice(world, books, invoice, { offSession: true });
}

/** The payment an open invoice waits for. */
function openPayment(world: World, books: Books, invoice: Stripe.Invoice): void {
  const intent = makeIntent(world, books, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: idOf(invoice.customer) ?? null,
    description:
      invoice.billing_reason === "subscription_create"
        ? "Subscription creation"
        : invoice.parent
          ? "Subscription update"
          : "Payment for Invoice",
    setupFutureUsage: invoice.parent ? "off_session" : null,
  });
  books.invoicePayments.save({
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: nowOf(world, books, clockOf(invoice)),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}
