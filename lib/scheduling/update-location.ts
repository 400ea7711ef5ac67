import { and, eq } from "drizzle-orm";
import { locations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { getLocation } from "./list-locations";
import { refusePlaceInUse } from "./refuse-in-use";
import { refuseUnknownZone } from "./refuse-unknown-zone";
import { changedFields } from "./rules/changed-fields";
import { type Location, type LocationInput, locationInput } from "./schemas";

/** Changes what is given; bookings that exist keep their time. Archived it can be once nobody works there and no service is offered only there. Throws `not_found`. */
export async function updateLocation(
  ctx: Context,
  input: Partial<LocationInput> & { locationId: string; active?: boolean },
): Promise<Location> {
  authorise(ctx, "scheduling.configure");
  const { locationId, active, ...given } = input;
  return inTenant(ctx, async (tx, joined) => {
    const before = await getLocation(joined, locationId);
    const wanted = { ...parse(locationInput, { ...before, ...given }), active: active ?? before.active };
    refuseUnknownZone(wanted.timeZone);
    if (before.active && !wanted.active) await refusePlaceInUse(joined, locationId);
    const changes = changedFields(before, wanted);
    if (Object.keys(changes).length === 0) return before;
    await tx
      .update(locations)
      .set({ ...wanted, updatedAt: ctx.clock.now() })
      .where(and(eq(locations.orgId, ctx.orgId), eq(locations.id, locationId)));
    await recordChange(ctx, tx, {
      action: "location.changed",
      subject: { kind: "location", id: locationId },
      changes,
      payload: { locationId },
    });
    return { ...before, ...wanted };
  });
}
