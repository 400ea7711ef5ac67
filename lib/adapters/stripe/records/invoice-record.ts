import type Stripe from "stripe";
import {
  type InvoiceLineKind,
  type InvoiceLineRecord,
  type InvoiceRecord,
  type InvoiceStatus,
  readLookupKey,
} from "@/lib/billing/ports";
import { readStripeAmount, sumOf } from "../amount";
import { instantOf, instantOrNull, refOf } from "./told";

const statuses: readonly string[] = ["draft", "open", "paid", "uncollectible", "void"] satisfies InvoiceStatus[];
const isStatus = (told: string | null): told is InvoiceStatus => statuses.includes(told ?? "");

/** `lines` with their prices whole, and `payments`: of both all there are. */
export function invoiceRecord(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
  payments: readonly Stripe.InvoicePayment[],
): InvoiceRecord | undefined {
  const { status, status_transitions: moments } = invoice;
  const customerRef = refOf(invoice.customer);
  if (!isStatus(status) || customerRef === null) return undefined;
  const [total, due] = [readStripeAmount(invoice.total), readStripeAmount(invoice.amount_due)];
  return {
    ref: invoice.id,
    customerRef,
    subscriptionRef: refOf(invoice.parent?.subscription_details?.subscription),
    number: invoice.number,
    status,
    reason: invoice.billing_reason ?? "manual",
    currency: invoice.currency.toUpperCase(),
    subtotal: readStripeAmount(invoice.subtotal),
    tax: sumOf(invoice.total_taxes),
    total,
    amountDue: due,
    amountPaid: readStripeAmount(invoice.amount_paid),
    balanceApplied:
      invoice.ending_balance === null
        ? due - total
        : readStripeAmount(invoice.starting_balance) - readStripeAmount(invoice.ending_balance),
    periodStartsAt: instantOf(invoice.period_start),
    periodEndsAt: instantOf(invoice.period_end),
    issuedAt: instantOf(moments.finalized_at ?? invoice.created),
    paidAt: instantOrNull(moments.paid_at),
    givenUpAt: instantOrNull(moments.marked_uncollectible_at),
    voidedAt: instantOrNull(moments.voided_at),
    nextAttemptAt: instantOrNull(invoice.next_payment_attempt),
    lines: lines.map(lineRecord),
    payments: payments
      .filter((payment) => payment.status === "paid" && payment.amount_paid)
      .map((payment) => ({
        ref: payment.id,
        amount: readStripeAmount(payment.amount_paid),
        paidAt: instantOf(payment.status_transitions.paid_at ?? payment.created),
      })),
    creditedBefore: readStripeAmount(invoice.pre_payment_credit_notes_amount),
  };
}

function lineRecord(line: Stripe.InvoiceLineItem): InvoiceLineRecord {
  const terms = readLookupKey(priceOf(line)?.lookup_key ?? null);
  const { plan = null, planVersion = null, every: billedEvery = null } = terms ?? {};
  return {
    ref: line.id,
    kind: kindOf(line),
    description: line.description ?? "",
    plan,
    planVersion,
    billedEvery,
    quantity: line.quantity === null ? null : readStripeAmount(line.quantity),
    amount: netOf(line),
    periodStartsAt: instantOf(line.period.start),
    periodEndsAt: instantOf(line.period.end),
  };
}

/**
 * What a metered price asks for is minutes, also where a change of plan settled them on the way: Stripe calls that a proration as well.
 * Items that somebody added by hand have no subscription's item.
 */
export function kindOf(line: Stripe.InvoiceLineItem): InvoiceLineKind {
  const { subscription_item_details: ofItem, invoice_item_details: ofAdded } = line.parent ?? {};
  if (priceOf(line)?.recurring?.usage_type === "metered") return "minutes";
  if (ofItem?.proration || ofAdded?.proration) return "proration";
  if (ofItem) return "plan";
  return line.amount < 0 ? "credit" : "other";
}

const priceOf = (line: Stripe.InvoiceLineItem): Stripe.Price | undefined => {
  const price = line.pricing?.price_details?.price;
  return typeof price === "object" ? price : undefined;
};

/** Credits before tax include the discounts; an inclusive tax stands in the amount. */
function netOf(line: Stripe.InvoiceLineItem): bigint {
  const credits = line.pretax_credit_amounts?.length ? line.pretax_credit_amounts : line.discount_amounts;
  const inside = (line.taxes ?? []).filter(({ tax_behavior }) => tax_behavior === "inclusive");
  return readStripeAmount(line.amount) - sumOf(credits) - sumOf(inside);
}
