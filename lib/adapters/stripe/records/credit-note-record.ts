import type Stripe from "stripe";
import type { CreditNoteRecord, InvoiceLineKind } from "@/lib/billing/ports";
import { readStripeAmount, sumOf } from "../amount";
import { instantOf, instantOrNull, refOf } from "./told";

/** `kinds`: of the invoice's lines, by their ids. */
export function creditNoteRecord(
  note: Stripe.CreditNote,
  lines: readonly Stripe.CreditNoteLineItem[],
  kinds: ReadonlyMap<string, InvoiceLineKind>,
): CreditNoteRecord {
  const refunded = note.refunds.reduce((sum, { amount_refunded }) => sum + readStripeAmount(amount_refunded), 0n);
  const elsewhere = readStripeAmount(note.out_of_band_amount);
  return {
    ref: note.id,
    customerRef: refOf(note.customer) ?? "",
    invoiceRef: refOf(note.invoice) ?? "",
    currency: note.currency.toUpperCase(),
    amount: readStripeAmount(note.total),
    tax: sumOf(note.total_taxes),
    lines: lines.map((line) => ({
      kind: kinds.get(line.invoice_line_item ?? "") ?? "other",
      amount: readStripeAmount(line.amount) - sumOf(line.discount_amounts),
    })),
    offInvoice: readStripeAmount(note.pre_payment_amount),
    refunded,
    toBalance: readStripeAmount(note.post_payment_amount) - refunded - elsewhere,
    elsewhere,
    status: note.status === "void" ? "void" : "issued",
    createdAt: instantOf(note.created),
    voidedAt: instantOrNull(note.voided_at),
  };
}
