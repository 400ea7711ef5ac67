import { z } from "zod";
import { callViews } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result } from "@/lib/platform/result";
import { type CallView, viewFilter, viewName } from "./call-view";
import { authoriseView, findNoRoom, lockViews, type ViewRefusal } from "./find-room";
import { memberOf } from "./list-call-views";

const input = z.object({ name: viewName, filter: viewFilter, isShared: z.boolean() });

/** Keeps a filter of the calls under a name, for oneself or for everybody. Refused: name_taken, too_many_views. */
export async function saveCallView(ctx: Context, given: z.input<typeof input>): Promise<Result<CallView, ViewRefusal>> {
  const memberId = given.isShared ? null : memberOf(ctx.actor);
  const isShared = memberId === null;
  authoriseView(ctx, { isShared });
  const view = { id: newId("callView"), ...parse(input, given), isShared };
  return inTenant(ctx, async (tx, joined) => {
    await lockViews(joined);
    const refused = await findNoRoom(joined, view);
    if (refused) return refused;
    const { id, name, filter } = view;
    await tx.insert(callViews).values({ id, orgId: ctx.orgId, memberId, name, filter });
    await recordChange(ctx, tx, {
      action: "call_view.changed",
      subject: { kind: "call_view", id },
      changes: isShared ? { saved: name } : { saved: "for oneself" },
      payload: { viewId: id, isShared },
    });
    return ok(view);
  });
}
