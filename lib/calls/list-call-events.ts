import { and, asc, eq } from "drizzle-orm";
import { inboxEvents } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

const most = 500;

/** What the provider sent about a call, in the order of arrival: kinds and times, at most five hundred. */
export async function listCallEvents(ctx: Context, callId: string) {
  authorise(ctx, "read");
  return inTenant(ctx, (tx) =>
    tx
      .select({
        id: inboxEvents.id,
        kind: inboxEvents.kind,
        receivedAt: inboxEvents.receivedAt,
        processedAt: inboxEvents.processedAt,
        error: inboxEvents.error,
      })
      .from(inboxEvents)
      .where(and(eq(inboxEvents.orgId, ctx.orgId), eq(inboxEvents.callId, callId)))
      .orderBy(asc(inboxEvents.receivedAt), asc(inboxEvents.id))
      .limit(most),
  );
}
