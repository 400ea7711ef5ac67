import { and, eq } from "drizzle-orm";
import { callViews } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { authoriseView, lockViews } from "./find-room";
import { getCallView } from "./list-call-views";

/** The calls in it stay. Throws `not_found`. */
export async function deleteCallView(ctx: Context, { viewId }: { viewId: string }): Promise<void> {
  await inTenant(ctx, async (tx, joined) => {
    await lockViews(joined);
    const view = await getCallView(joined, viewId);
    authoriseView(ctx, view);
    await tx.delete(callViews).where(and(eq(callViews.orgId, ctx.orgId), eq(callViews.id, viewId)));
    await recordChange(ctx, tx, {
      action: "call_view.changed",
      subject: { kind: "call_view", id: viewId },
      changes: view.isShared ? { deleted: view.name } : { deleted: "for oneself" },
      payload: { viewId, isShared: view.isShared },
    });
  });
}
