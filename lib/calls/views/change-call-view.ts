import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { callViews } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result } from "@/lib/platform/result";
import { type CallView, viewName } from "./call-view";
import { authoriseView, findNoRoom, lockViews, type ViewRefusal } from "./find-room";
import { getCallView, memberOf } from "./list-call-views";

const input = z.object({ viewId: z.string().max(80), name: viewName, isShared: z.boolean() });

/** Gives it another name, and to everybody what was one's own or the other way round. Refused: name_taken, too_many_views. Throws `not_found`. */
export async function changeCallView(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<Result<CallView, ViewRefusal>> {
  const memberId = given.isShared ? null : memberOf(ctx.actor);
  const isShared = memberId === null;
  authoriseView(ctx, { isShared });
  const { viewId, name } = parse(input, given);
  return inTenant(ctx, async (tx, joined) => {
    await lockViews(joined);
    const before = await getCallView(joined, viewId);
    authoriseView(ctx, before);
    const after = { ...before, name, isShared };
    if (before.name === name && before.isShared === isShared) return ok(before);
    const refused = await findNoRoom(joined, after);
    if (refused) return refused;
    await tx
      .update(callViews)
      .set({ name, memberId, updatedAt: ctx.clock.now() })
      .where(and(eq(callViews.orgId, ctx.orgId), eq(callViews.id, viewId)));
    // What one calls one's own is nobody else's to read.
    const isSeen = before.isShared && isShared;
    await recordChange(ctx, tx, {
      action: "call_view.changed",
      subject: { kind: "call_view", id: viewId },
      changes: {
        ...(isSeen && before.name !== name ? { name: { from: before.name, to: name } } : {}),
        ...(before.isShared === isShared ? {} : { forEverybody: { from: before.isShared, to: isShared } }),
      },
      payload: { viewId, isShared },
    });
    return ok(after);
  });
}
