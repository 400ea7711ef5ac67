import { and, asc, eq, isNotNull } from "drizzle-orm";
import { locations, weeklyHours } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { weekOf } from "./rules/schedule";
import type { Location } from "./schemas";

/** With their weekly hours, in the owner's order; archived ones only on request. */
export async function listLocations(ctx: Context, options: { includeArchived?: boolean } = {}): Promise<Location[]> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const hours = await tx
      .select()
      .from(weeklyHours)
      .where(and(eq(weeklyHours.orgId, ctx.orgId), isNotNull(weeklyHours.locationId)));
    const ownWeeks = Map.groupBy(hours, (row) => row.locationId);
    const rows = await tx
      .select({
        id: locations.id,
        name: locations.name,
        address: locations.address,
        timeZone: locations.timeZone,
        active: locations.active,
      })
      .from(locations)
      .where(and(eq(locations.orgId, ctx.orgId), options.includeArchived ? undefined : eq(locations.active, true)))
      .orderBy(asc(locations.position), asc(locations.id));
    return rows.map((row) => {
      const own = ownWeeks.get(row.id);
      return { ...row, weekly: own ? weekOf(own) : null };
    });
  });
}

/** Archived ones too. Throws `not_found`. */
export async function getLocation(ctx: Context, locationId: string): Promise<Location> {
  const location = (await listLocations(ctx, { includeArchived: true })).find((each) => each.id === locationId);
  if (!location) throw notFound("This place");
  return location;
}
