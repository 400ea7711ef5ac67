import { and, eq } from "drizzle-orm";
import { resources } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { getResource } from "./list-resources";
import { refuseResourceInUse } from "./refuse-in-use";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { changedFields } from "./rules/changed-fields";
import { type Resource, type ResourceInput, resourceInput } from "./schemas";

/** Changes what is given; bookings that exist keep it. Archived, it is in no pool any more; refused where a service would be left with none. Throws `not_found`. */
export async function updateResource(
  ctx: Context,
  input: Partial<ResourceInput> & { resourceId: string; active?: boolean },
): Promise<Resource> {
  authorise(ctx, "scheduling.configure");
  const { resourceId, active, ...given } = input;
  return inTenant(ctx, async (tx, joined) => {
    const before = await getResource(joined, resourceId);
    const wanted = { ...parse(resourceInput, { ...before, ...given }), active: active ?? before.active };
    await refuseUnknownLocation(tx, ctx.orgId, wanted.locationId);
    if (before.active && !wanted.active) await refuseResourceInUse(joined, resourceId);
    const changes = changedFields(before, wanted);
    if (Object.keys(changes).length === 0) return before;
    await tx
      .update(resources)
      .set({ ...wanted, updatedAt: ctx.clock.now() })
      .where(and(eq(resources.orgId, ctx.orgId), eq(resources.id, resourceId)));
    await recordChange(ctx, tx, {
      action: "resource.changed",
      subject: { kind: "resource", id: resourceId },
      changes,
      payload: { resourceId },
    });
    return { ...before, ...wanted };
  });
}
