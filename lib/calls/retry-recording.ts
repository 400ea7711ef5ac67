import { and, eq, sql } from "drizzle-orm";
import { recordings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { isId } from "@/lib/platform/ids";
import { ok, type Result, refuse } from "@/lib/platform/result";

/** Has a recording that could not be fetched fetched anew. Refused ("not_failed") for one that is there, on its way, or gone for good. */
export async function retryRecording(
  ctx: Context,
  { callId }: { callId: string },
): Promise<Result<void, "not_failed">> {
  authorise(ctx, "calls.write");
  if (!isId("call", callId)) return refuse("not_failed");
  return inTenant(ctx, async (tx, scope) => {
    const again = await tx
      .update(recordings)
      .set({ state: "pending", attempts: 0, error: null, updatedAt: ctx.clock.now() })
      .where(
        and(
          eq(recordings.orgId, ctx.orgId),
          eq(recordings.callId, callId),
          eq(recordings.state, "failed"),
          sql`exists (select from calls where id = ${callId} and erased_at is null)`,
        ),
      )
      .returning({ id: recordings.id });
    if (again.length === 0) return refuse("not_failed");
    await recordChange(scope, tx, {
      action: "recording.requested",
      subject: { kind: "call", id: callId },
      payload: { callId },
    });
    return ok(undefined);
  });
}
