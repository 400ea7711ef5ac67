import type Stripe from "stripe";
import { changeBalance } from "../customers/balance";
import { recordEvent } from "../events/record-event";
import { type Attempt, attemptIntent } from "../payments/charge";
import { afterSuccess, cancelIntent } from "../payments/intents";
import { findMethod } from "../payments/payment-methods";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf, type World } from "../world";
import { planInvoice } from "./keep";

const clockOf = (invoice: Stripe.Invoice) => idOf(invoice.test_clock);
const day = 86_400;

const subscriptionOf = (books: Books, invoice: Stripe.Invoice): Stripe.Subscription | undefined =>
  books.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");

/** Which card an invoice is charged to: its own, its subscription's, its customer's. */
export function methodFor(books: Books, invoice: Stripe.Invoice): string | undefined {
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  return (
    idOf(invoice.default_payment_method) ??
    idOf(subscriptionOf(books, invoice)?.default_payment_method) ??
    idOf(customer?.invoice_settings.default_payment_method)
  );
}

export const intentOf = (books: Books, invoice: Stripe.Invoice): Stripe.PaymentIntent | undefined => {
  const payment = books.invoicePayments.all("invoice", invoice.id).findLast(({ status }) => status === "open");
  return books.paymentIntents.get(idOf(payment?.payment.payment_intent) ?? "");
};

/** Tries once to collect an open invoice; what came of it stands in the invoice, its payment and its subscription. */
export function collectInvoice(
  world: World,
  books: Books,
  invoice: Stripe.Invoice,
  attempt: Attempt & { method?: string | undefined },
): Stripe.PaymentIntent | undefined {
  const intent = intentOf(books, invoice);
  if (!intent) return undefined;
  const wanted = attempt.method ?? methodFor(books, invoice);
  const method = wanted === undefined ? undefined : findMethod(world, books, wanted, "payment_method");
  intent.payment_method = method?.id ?? null;
  invoice.attempted = true;
  attemptIntent(world, books, intent, { ...attempt, mayWait: true });
  if (intent.status === "succeeded") {
    afterSuccess(world, books, intent);
    invoicePaid(world, books, invoice, intent.amount_received);
    return intent;
  }
  paymentFailed(world, books, invoice, intent);
  return intent;
}

export function invoicePaid(
  world: World,
  books: Books,
  invoice: Stripe.Invoice,
  amount: number,
  isOutOfBand = false,
): void {
  const now = nowOf(world, books, clockOf(invoice));
  invoice.status = "paid";
  invoice.amount_paid = isOutOfBand ? 0 : amount;
  invoice.amount_remaining = 0;
  invoice.attempted = true;
  if (amount > 0) invoice.attempt_count += 1;
  invoice.next_payment_attempt = null;
  invoice.auto_advance = false;
  invoice.status_transitions.paid_at = now;
  books.invoices.save(invoice);
  const testClock = clockOf(invoice);
  const payment = books.invoicePayments.all("invoice", invoice.id).findLast(({ status }) => status === "open");
  if (payment) {
    payment.status = isOutOfBand ? "canceled" : "paid";
    if (!isOutOfBand) {
      payment.amount_paid = amount;
      payment.status_transitions.paid_at = now;
    }
    books.invoicePayments.save(payment);
    if (!isOutOfBand) recordEvent(world, books, "invoice_payment.paid", payment, { testClock });
  }
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  if (customer?.delinquent) {
    customer.delinquent = false;
    books.customers.save(customer);
  }
  world.due.invoicePaid(books, invoice);
  recordEvent(world, books, "invoice.updated", invoice, { testClock });
  recordEvent(world, books, "invoice.paid", invoice, { testClock });
  recordEvent(world, books, "invoice.payment_succeeded", invoice, { testClock });
}

function paymentFailed(world: World, books: Books, invoice: Stripe.Invoice, intent: Stripe.PaymentIntent): void {
  const testClock = clockOf(invoice);
  const now = nowOf(world, books, testClock);
  invoice.attempt_count += 1;
  const days = world.settings.retryDays[invoice.attempt_count - 1];
  const subscription = subscriptionOf(books, invoice);
  const isFirst =
    invoice.billing_reason === "subscription_create" || books.pendingChanges.all("invoice", invoice.id).length > 0;
  const isRetried = days !== undefined && subscription !== undefined && !isFirst && invoice.auto_advance === true;
  invoice.next_payment_attempt = isRetried ? now + days * day : null;
  books.invoices.save(invoice);
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  if (customer && subscription && !isFirst) {
    customer.delinquent = true;
    books.customers.save(customer);
  }
  recordEvent(world, books, "invoice.updated", invoice, { testClock });
  recordEvent(world, books, "invoice.payment_failed", invoice, { testClock });
  if (intent.status === "requires_action")
    recordEvent(world, books, "invoice.payment_action_required", invoice, { testClock });
  world.due.invoiceFailed(books, invoice, { isFirst, isOver: !isRetried });
  if (isRetried) planInvoice(world, books, invoice);
}

/** What the customer had in hand, or owed, and was counted in, is theirs again (since API 2019-12-03). */
function returnBalance(world: World, books: Books, invoice: Stripe.Invoice): void {
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  const amount = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance);
  if (!customer || amount === 0) return;
  changeBalance(world, books, customer, {
    amount,
    currency: invoice.currency,
    type: "unapplied_from_invoice",
    description: null,
    metadata: {},
    invoice: invoice.id,
  });
}

export function voidInvoice(world: World, books: Books, invoice: Stripe.Invoice): void {
  returnBalance(world, books, invoice);
  invoice.status = "void";
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.auto_advance = false;
  invoice.status_transitions.voided_at = nowOf(world, books, clockOf(invoice));
  books.invoices.save(invoice);
  closePayment(world, books, invoice);
  recordEvent(world, books, "invoice.voided", invoice, { testClock: clockOf(invoice) });
}

/** What was waited for is not any more. */
export function closePayment(world: World, books: Books, invoice: Stripe.Invoice): void {
  for (const payment of books.invoicePayments.all("invoice", invoice.id)) {
    if (payment.status !== "open") continue;
    payment.status = "canceled";
    payment.status_transitions.canceled_at = nowOf(world, books, clockOf(invoice));
    books.invoicePayments.save(payment);
    const intent = books.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    if (intent && !["succeeded", "canceled"].includes(intent.status))
      cancelIntent(world, books, intent, "void_invoice");
  }
}
