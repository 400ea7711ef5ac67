import { and, eq } from "drizzle-orm";
import { resourceClosures } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** It can be used again at the time of that closure. One that is gone changes nothing. */
export async function reopenResource(ctx: Context, closureId: string): Promise<void> {
  authorise(ctx, "scheduling.configure");
  await inTenant(ctx, async (tx) => {
    const [removed] = await tx
      .delete(resourceClosures)
      .where(and(eq(resourceClosures.orgId, ctx.orgId), eq(resourceClosures.id, closureId)))
      .returning();
    if (!removed) return;
    const { resourceId, startsAt, endsAt } = removed;
    await recordChange(ctx, tx, {
      action: "resource.changed",
      subject: { kind: "resource", id: resourceId },
      changes: { reopened: { from: startsAt.toISOString(), to: endsAt.toISOString() } },
      payload: { resourceId },
    });
  });
}
