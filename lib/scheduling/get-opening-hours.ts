import { and, asc, eq, gte, isNull } from "drizzle-orm";
import { dateOverrides, organizations, weeklyHours } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { isoOf } from "./rules/civil";
import { weekOf } from "./rules/schedule";
import { localDayOf, zoneOf } from "./rules/zone";
import type { DateOverride, Week } from "./schemas";

/** The business's week (Sunday first) and every date from today on that differs, people's own dates included. */
export async function getOpeningHours(
  ctx: Context,
): Promise<{ timeZone: string; weekly: Week; overrides: DateOverride[]; today: string }> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const [org] = await tx
      .select({ timeZone: organizations.timeZone })
      .from(organizations)
      .where(eq(organizations.id, ctx.orgId));
    const timeZone = org?.timeZone ?? "UTC";
    const today = isoOf(localDayOf(zoneOf(timeZone), ctx.clock.now().getTime()));
    const rows = await tx
      .select()
      .from(weeklyHours)
      .where(and(eq(weeklyHours.orgId, ctx.orgId), isNull(weeklyHours.staffId), isNull(weeklyHours.locationId)));
    const overrides = await tx
      .select({
        id: dateOverrides.id,
        staffId: dateOverrides.staffId,
        locationId: dateOverrides.locationId,
        onDate: dateOverrides.onDate,
        spans: dateOverrides.spans,
        reason: dateOverrides.reason,
      })
      .from(dateOverrides)
      .where(and(eq(dateOverrides.orgId, ctx.orgId), gte(dateOverrides.onDate, today)))
      .orderBy(asc(dateOverrides.onDate), asc(dateOverrides.id));
    return { timeZone, weekly: weekOf(rows), overrides, today };
  });
}
