import type Stripe from "stripe";
import type { ChargeRecord } from "@/lib/billing/ports";
import { readStripeAmount } from "../amount";
import { instantOf, instantOrNull, refOf } from "./told";

/** undefined where no money moved. `invoiceRef`: what it paid. */
export function chargeRecord(
  charge: Stripe.Charge,
  found: { invoiceRef: string | null; refunds: readonly Stripe.Refund[]; disputes: readonly Stripe.Dispute[] },
): ChargeRecord | undefined {
  if (!charge.paid || !charge.captured) return undefined;
  return {
    ref: charge.id,
    customerRef: refOf(charge.customer),
    invoiceRef: found.invoiceRef,
    currency: charge.currency.toUpperCase(),
    amount: readStripeAmount(charge.amount_captured),
    paidAt: instantOf(charge.created),
    refunds: found.refunds.map((refund) => ({
      ref: refund.id,
      amount: readStripeAmount(refund.amount),
      status: refund.status ?? "pending",
      createdAt: instantOf(refund.created),
    })),
    disputes: found.disputes.map((dispute) => ({
      ref: dispute.id,
      amount: readStripeAmount(dispute.amount),
      status: dispute.status,
      createdAt: instantOf(dispute.created),
      withdrawnAt: instantOrNull(dispute.balance_transactions.find(({ amount }) => amount < 0)?.created),
      givenBackAt: instantOrNull(dispute.balance_transactions.find(({ amount }) => amount > 0)?.created),
    })),
  };
}
