import { and, eq } from "drizzle-orm";
import { followUps } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { describeActor, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";

/** Marks a follow-up as done, or with `isDone: false` as open again. Saying the same twice changes nothing. */
export async function completeFollowUp(
  ctx: Context,
  { followUpId, isDone = true }: { followUpId: string; isDone?: boolean },
): Promise<void> {
  authorise(ctx, "calls.write");
  if (!isId("followUp", followUpId)) throw notFound("This follow-up");
  await inTenant(ctx, async (tx, scope) => {
    const mine = and(eq(followUps.orgId, ctx.orgId), eq(followUps.id, followUpId));
    const [before] = await tx
      .select({ doneAt: followUps.doneAt, callId: followUps.callId })
      .from(followUps)
      .where(mine)
      .for("update");
    if (!before) throw notFound("This follow-up");
    if ((before.doneAt !== null) === isDone) return;
    await tx
      .update(followUps)
      .set(
        isDone ? { doneAt: ctx.clock.now(), doneBy: describeActor(ctx.actor).label } : { doneAt: null, doneBy: null },
      )
      .where(mine);
    await recordChange(scope, tx, {
      action: "follow_up.done",
      subject: { kind: "follow_up", id: followUpId },
      changes: { isDone: { from: !isDone, to: isDone } },
      payload: { followUpId, callId: before.callId, isDone },
    });
  });
}
