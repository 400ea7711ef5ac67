import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { followUps } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

export type FollowUp = typeof followUps.$inferSelect;

/** What a person still has to do, urgent things first and then what has waited longest; or, done, the latest first. At most `limit` (50). */
export async function listFollowUps(
  ctx: Context,
  { state = "open", contactId, limit = 50 }: { state?: "open" | "done"; contactId?: string; limit?: number } = {},
): Promise<FollowUp[]> {
  authorise(ctx, "read");
  return inTenant(ctx, (tx) =>
    tx
      .select()
      .from(followUps)
      .where(
        and(
          eq(followUps.orgId, ctx.orgId),
          state === "open" ? isNull(followUps.doneAt) : isNotNull(followUps.doneAt),
          contactId ? eq(followUps.contactId, contactId) : undefined,
        ),
      )
      .orderBy(
        ...(state === "open"
          ? [desc(followUps.urgent), asc(followUps.createdAt), asc(followUps.id)]
          : [desc(followUps.doneAt), desc(followUps.id)]),
      )
      .limit(Math.min(limit, 200)),
  );
}
