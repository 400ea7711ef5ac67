import { count } from "@/components/billing/usage-bar";
import type { StatusKind } from "@/components/ui/status";
import type { Invoice, InvoiceLine } from "@/lib/billing";

export const invoiceState: Record<Invoice["status"], { kind: StatusKind; word: string }> = {
  draft: { kind: "progress", word: "Being written" },
  open: { kind: "attention", word: "Open" },
  paid: { kind: "done", word: "Paid" },
  uncollectible: { kind: "failed", word: "Not collected" },
  void: { kind: "neutral", word: "Void" },
};

const reasons: Record<string, string> = {
  subscription_create: "First of the subscription",
  subscription_cycle: "Regular",
  subscription_update: "Change of plan",
  subscription_threshold: "Minutes beyond the plan",
  manual: "By hand",
};

/** Why there is an invoice; a word we do not know keeps its letters. */
export const reasonInWords = (reason: string): string => reasons[reason] ?? reason.replaceAll("_", " ");

type Line = Pick<InvoiceLine, "description" | "quantity" | "amount"> & { kind: string };

/** The engine names a tier of its price; what is read here is minutes. */
export function lineInWords({ kind, description, quantity, amount }: Line): string {
  if (kind !== "minutes" || quantity === null) return description;
  const minutes = `${count(Number(quantity))} ${quantity === 1n ? "minute" : "minutes"}`;
  return `${minutes} ${amount === 0n ? "within" : "beyond"} the plan`;
}
