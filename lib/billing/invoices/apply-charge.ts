import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { openItem } from "../items/keep-item";
import type { ChargeRecord } from "../ports";
import { chargeEntries } from "./entries";
import { postFacts } from "./post-facts";

/**
 * Posts what went back of a payment: refunds, and what disputes withdraw and give back. What it paid is posted with its invoice; a payment
 * that is for none is told as a difference, and nothing of it posted. "changed": it was not known so.
 */
export async function applyCharge(ctx: Context, charge: ChargeRecord): Promise<"changed" | "unchanged"> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (_, scope) => {
    if (charge.invoiceRef)
      return postFacts(scope, { ref: charge.invoiceRef, at: charge.paidAt }, chargeEntries(charge));
    const paidAt = charge.paidAt.toISOString();
    await openItem(scope, {
      kind: "unknown_payment",
      subject: charge.ref,
      facts: { amount: charge.amount.toString(), currency: charge.currency, paidAt, at: paidAt },
      proposal: "It is for no invoice: find out what was paid, and refund it or invoice it.",
    });
    return "unchanged";
  });
}
