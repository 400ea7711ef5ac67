import { and, eq } from "drizzle-orm";
import { recordings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { isId } from "@/lib/platform/ids";

/** Where a call's stored recording lies; undefined when there is none (yet, any more, or in this organisation). */
export async function findRecording(ctx: Context, callId: string): Promise<{ blobKey: string } | undefined> {
  authorise(ctx, "read");
  if (!isId("call", callId)) return undefined;
  const [found] = await inTenant(ctx, (tx) =>
    tx
      .select({ blobKey: recordings.blobKey, state: recordings.state })
      .from(recordings)
      .where(and(eq(recordings.orgId, ctx.orgId), eq(recordings.callId, callId))),
  );
  return found?.state === "stored" && found.blobKey ? { blobKey: found.blobKey } : undefined;
}
