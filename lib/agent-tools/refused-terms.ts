import type { TermsRefusal } from "@/lib/scheduling";
import type { ChangeTerms } from "@/lib/scheduling/schemas";
import type { ToolAnswer } from "./types";

/** What to say when a cancellation policy stands against a change: the fee first, then the question. */
export function refusedTerms(reason: TermsRefusal, terms: ChangeTerms, change: "cancel" | "move"): ToolAnswer {
  if (reason === "fee_applies")
    return {
      status: "refused",
      say: `This is inside the notice we ask for, so ${change === "cancel" ? "cancelling" : "moving"} now costs ${terms.fee}. Shall I do it anyway?`,
      data: { reason, feeCents: terms.feeCents, fee: terms.fee },
    };
  return {
    status: "refused",
    say: `It is too late to ${change} this appointment by telephone. I can take a message and somebody will call you back.`,
    data: { reason: "past_deadline" },
  };
}

/** Whether a refusal is one of the policy's. */
export const isOfTerms = (reason: string): reason is TermsRefusal =>
  reason === "fee_applies" || reason === "past_deadline" || reason === "waive_reason_missing";
