import type { Difference } from "./differences";
import { type ComparedEntry, isMissing } from "./entry-differences";

type ComparedRefund = { ref: string; amount: bigint; status: string; createdAt: Date };
type ComparedCharge = {
  ref: string;
  invoiceRef: string | null;
  currency: string;
  amount: bigint;
  paidAt: Date;
  refunds: ComparedRefund[];
};

type ComparedDispute = { ref: string; amount: bigint; createdAt: Date };

/** Failed and cancelled refunds moved nothing. */
const isLive = ({ status }: ComparedRefund) => status !== "failed" && status !== "canceled";

/** One payment: that it is for an invoice, that nothing was paid back twice (the same amount again, or more than was paid), and is in the ledger. */
export function chargeDifferences(
  charge: ComparedCharge,
  posted: ReadonlySet<string>,
  settledBefore: Date,
): Difference[] {
  const { ref, amount, currency, paidAt: at } = charge;
  if (!charge.invoiceRef)
    return [
      {
        kind: "unknown_payment",
        subject: ref,
        at,
        facts: { amount: amount.toString(), currency, paidAt: at.toISOString() },
        proposal: "It is for no invoice: find out what was paid, and refund it or invoice it.",
      },
    ];
  const found: Difference[] = [];
  const seen = new Set<bigint>();
  let left = amount;
  for (const refund of charge.refunds.filter(isLive).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    left -= refund.amount;
    const facts = { amount: refund.amount.toString(), currency, charge: ref, paid: amount.toString() };
    if (seen.has(refund.amount) || left < 0n)
      found.push({
        kind: "refunded_twice",
        subject: refund.ref,
        at: refund.createdAt,
        facts,
        proposal: "Charge the amount again, unless both were meant",
      });
    else if (refund.status === "succeeded" && refund.createdAt < settledBefore && !posted.has(refund.ref))
      found.push({
        kind: "unknown_payment",
        subject: refund.ref,
        at: refund.createdAt,
        facts,
        proposal: "Read the payment from the engine",
      });
    seen.add(refund.amount);
  }
  return found;
}

/** What a bank has taken, or given back, for a payment, and the ledger has nothing of. */
export function disputeDifferences(
  { ref, currency, disputes }: Omit<ComparedCharge, "refunds"> & { disputes: ComparedDispute[] },
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
  settledBefore: Date,
): Difference[] {
  const missing = new Set(
    entries.filter(isMissing(posted, settledBefore)).map(({ cause }) => `${cause.kind} ${cause.id}`),
  );
  return disputes
    .filter((dispute) => missing.has(`dispute ${dispute.ref}`))
    .map((dispute) => ({
      kind: "unknown_payment",
      subject: dispute.ref,
      at: dispute.createdAt,
      facts: { why: "dispute", amount: dispute.amount.toString(), currency, charge: ref },
      proposal: "Read the payment from the engine",
    }));
}
