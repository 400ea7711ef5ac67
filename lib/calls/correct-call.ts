import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { calls } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { describeActor, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { callOutcomes } from "./call-filter";

const input = z.object({
  callId: z.string(),
  outcome: z.enum(callOutcomes, "Choose what came of the call.").optional(),
  summary: z
    .string()
    .trim()
    .max(4000, "A summary has at most 4,000 letters.")
    .transform((text) => text.replaceAll("\0", ""))
    .optional(),
  needsReview: z.boolean().optional(),
});
export type CorrectCallInput = z.input<typeof input>;

/**
 * A person's word on what came of a call: it stands against whatever the provider reports later. What is left out stays.
 * Refused while the call is on ("still_live"): its outcome is not yet there to correct. Nothing is written when nothing changes.
 */
export async function correctCall(ctx: Context, given: CorrectCallInput): Promise<Result<void, "still_live">> {
  authorise(ctx, "calls.write");
  const { callId, outcome, summary, needsReview } = parse(input, given);
  if (!isId("call", callId)) throw notFound("This call");
  return inTenant(ctx, async (tx, scope) => {
    const [before] = await tx
      .select({ status: calls.status, outcome: calls.outcome, summary: calls.summary, needsReview: calls.needsReview })
      .from(calls)
      .where(and(eq(calls.orgId, ctx.orgId), eq(calls.id, callId)))
      .for("update");
    if (!before) throw notFound("This call");
    if (before.status !== "ended") return refuse("still_live");
    const by = describeActor(ctx.actor).label;
    const isOther = {
      outcome: outcome !== undefined && outcome !== before.outcome,
      summary: summary !== undefined && summary !== before.summary,
      needsReview: needsReview !== undefined && needsReview !== before.needsReview,
    };
    if (!isOther.outcome && !isOther.summary && !isOther.needsReview) return ok(undefined);
    await tx
      .update(calls)
      .set({
        ...(isOther.outcome ? { outcome, outcomeCorrectedBy: by } : {}),
        ...(isOther.summary ? { summary, summaryCorrectedBy: by } : {}),
        ...(isOther.needsReview ? { needsReview } : {}),
        updatedAt: ctx.clock.now(),
      })
      .where(and(eq(calls.orgId, ctx.orgId), eq(calls.id, callId)));
    await recordChange(scope, tx, {
      action: "call.corrected",
      subject: { kind: "call", id: callId },
      // The words of the summary are not repeated here: this row outlives the call's erasure.
      changes: {
        ...(isOther.outcome ? { outcome: { from: before.outcome, to: outcome } } : {}),
        ...(isOther.summary ? { summary: "changed" } : {}),
        ...(isOther.needsReview ? { needsReview: { from: before.needsReview, to: needsReview } } : {}),
      },
      payload: { callId, ...(isOther.outcome ? { outcome } : {}) },
    });
    return ok(undefined);
  });
}
