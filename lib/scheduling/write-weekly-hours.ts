import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { weeklyHours } from "@/db/schema";
import { newId } from "@/lib/platform/ids";
import type { Week } from "./schemas";

/** Replaces the weekly hours of a person, a location or (neither) the business. `week` null leaves none. */
export async function writeWeeklyHours(
  tx: Tx,
  orgId: string,
  { staffId = null, locationId = null }: { staffId?: string | null; locationId?: string | null },
  week: Week | null,
): Promise<void> {
  const whose = and(
    staffId === null ? isNull(weeklyHours.staffId) : eq(weeklyHours.staffId, staffId),
    locationId === null ? isNull(weeklyHours.locationId) : eq(weeklyHours.locationId, locationId),
  );
  await tx.delete(weeklyHours).where(and(eq(weeklyHours.orgId, orgId), whose));
  const rows = (week ?? []).flatMap((spans, weekday) =>
    spans.map((span) => ({ id: newId("weeklyHours"), orgId, staffId, locationId, weekday, ...span })),
  );
  if (rows.length > 0) await tx.insert(weeklyHours).values(rows);
}
