import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { callViews } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Actor, Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { CallView } from "./call-view";

/** The member who acts; null for whoever is none, who has no views of their own. */
export const memberOf = (actor: Actor) => (actor.kind === "member" ? actor.memberId : null);

/** The member's own first, then everybody's, each in the order in which they were saved. */
export async function listCallViews(ctx: Context): Promise<CallView[]> {
  authorise(ctx, "read");
  const memberId = memberOf(ctx.actor);
  const own = memberId === null ? undefined : eq(callViews.memberId, memberId);
  const isShared = sql<boolean>`${callViews.memberId} is null`;
  const rows = await inTenant(ctx, (tx) =>
    tx
      .select({ id: callViews.id, name: callViews.name, filter: callViews.filter, isShared })
      .from(callViews)
      .where(and(eq(callViews.orgId, ctx.orgId), or(isNull(callViews.memberId), own)))
      .orderBy(isShared, asc(callViews.id)),
  );
  return rows as CallView[];
}

/** Throws `not_found`, also for what is another member's own. */
export async function getCallView(ctx: Context, viewId: string): Promise<CallView> {
  const view = (await listCallViews(ctx)).find((each) => each.id === viewId);
  if (!view) throw notFound("This view");
  return view;
}
