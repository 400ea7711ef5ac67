import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { ProviderCall, VoiceProvider } from "./ports";

/**
 * Takes what the provider says now that a call cost, in all and by part: it may say so after its report, or otherwise than a report that was
 * none of its own. "unreachable": it cannot be asked; "not_told": it does not know the call, or no cost of it.
 */
export async function takeCost(
  ctx: Context,
  callId: string,
  provider: VoiceProvider | undefined,
): Promise<Result<void, "unreachable" | "not_told">> {
  authorise(ctx, "calls.write");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select external_id from calls where org_id = ${ctx.orgId} and id = ${callId}`),
  );
  const [call] = rows as { external_id: string }[];
  if (!call) throw notFound("This call");
  let told: ProviderCall;
  try {
    if (!provider) return refuse("unreachable");
    told = await provider.getCall(call.external_id);
  } catch (error) {
    ctx.log.warn({ err: error, callId }, "the provider could not be asked what a call cost");
    return refuse("unreachable");
  }
  const { costMicros, costBreakdown } = told?.report ?? {};
  if (costMicros === undefined) return refuse("not_told");
  await inTenant(ctx, async (tx, scope) => {
    const changed = await tx.execute(sql`
      update calls set cost_micros = ${costMicros}::bigint, cost_breakdown = ${JSON.stringify(costBreakdown ?? null)}::jsonb,
        updated_at = ${ctx.clock.now().toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and id = ${callId} and cost_micros is distinct from ${costMicros}::bigint returning id`);
    if (changed.rows.length > 0)
      await recordChange(scope, tx, {
        action: "call.corrected",
        subject: { kind: "call", id: callId },
        changes: { costMicros },
        payload: { callId },
      });
  });
  return ok(undefined);
}
