import { and, eq } from "drizzle-orm";
import { dateOverrides } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { subjectOf } from "./availability-subject";

/** The weekly hours hold again on that date. Removing one that is gone changes nothing. */
export async function removeDateOverride(ctx: Context, overrideId: string): Promise<void> {
  authorise(ctx, "scheduling.configure");
  await inTenant(ctx, async (tx) => {
    const [removed] = await tx
      .delete(dateOverrides)
      .where(and(eq(dateOverrides.orgId, ctx.orgId), eq(dateOverrides.id, overrideId)))
      .returning();
    if (!removed) return;
    const { staffId, locationId, onDate } = removed;
    await recordChange(ctx, tx, {
      action: "availability.changed",
      subject: subjectOf(ctx.orgId, { staffId, locationId }),
      changes: { onDate, removed: true },
      payload: { staffId, locationId, onDate },
    });
  });
}
