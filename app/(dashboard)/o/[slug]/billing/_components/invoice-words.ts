import type { StatusKind } from "@/components/ui/status";
import type { Invoice } from "@/lib/billing";

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
