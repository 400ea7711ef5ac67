import type { Context } from "@/lib/platform/context";
import type { ChangeTerms, Consent } from "./schemas";

/**
 * `past_deadline`: the policy no longer allows it; `fee_applies`: it costs a fee nobody has accepted;
 * `waive_reason_missing`: a waiver needs a reason for the audit.
 */
export type TermsRefusal = "past_deadline" | "fee_applies" | "waive_reason_missing";

type Agreed = { feeCents: number; audit: Record<string, unknown> };

/**
 * Whether a change may be made on these terms, and the fee it leaves owed. A fee must have been accepted by its amount, so that nobody owes
 * more than they were told; members (and our own jobs) may waive both fee and deadline, for a reason.
 */
export function agree(
  ctx: Context,
  terms: ChangeTerms,
  consent: Consent,
): ({ ok: true } | { ok: false; reason: TermsRefusal }) & Agreed {
  const { isAllowed, feeCents, fee } = terms;
  const nothing = { feeCents: 0, audit: {} };
  if (isAllowed && feeCents === 0) return { ok: true, ...nothing };
  if (consent.waive && ["member", "operator", "system"].includes(ctx.actor.kind)) {
    const because = consent.waiveReason?.trim();
    if (!because) return { ok: false, reason: "waive_reason_missing", ...nothing };
    return { ok: true, feeCents: 0, audit: { waived: isAllowed ? fee : "deadline", because } };
  }
  if (!isAllowed) return { ok: false, reason: "past_deadline", ...nothing };
  if ((consent.acceptedFeeCents ?? -1) < feeCents) return { ok: false, reason: "fee_applies", ...nothing };
  return { ok: true, feeCents, audit: { fee } };
}
