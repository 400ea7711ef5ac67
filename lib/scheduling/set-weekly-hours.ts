import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { subjectOf } from "./availability-subject";
import { getStaff } from "./list-staff";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { weeklyHoursInput } from "./schemas";
import { writeWeeklyHours } from "./write-weekly-hours";

/**
 * Replaces the weekly hours of the business (neither person nor place named), of one person or of one place. A place without hours
 * (`weekly` null) follows the business. A person with no hours at all follows the opening hours, so
 * an empty week is refused for people: archive somebody who does not work. Bookings that exist stay where they are.
 */
export async function setWeeklyHours(ctx: Context, input: z.input<typeof weeklyHoursInput>): Promise<void> {
  authorise(ctx, "scheduling.configure");
  const { staffId, locationId, weekly } = parse(weeklyHoursInput, input);
  if (staffId !== null && locationId !== null)
    throw invalid([{ path: "locationId", message: "Hours belong to a person or to a place." }]);
  if (staffId === null && locationId === null && weekly === null)
    throw invalid([{ path: "weekly", message: "Opening hours are missing." }]);
  if (staffId !== null || locationId !== null) refuseEmptyWeek(weekly);
  await inTenant(ctx, async (tx, joined) => {
    const person = staffId === null ? undefined : await getStaff(joined, staffId);
    await refuseUnknownLocation(tx, ctx.orgId, locationId);
    await writeWeeklyHours(tx, ctx.orgId, { staffId, locationId }, weekly);
    await recordChange(ctx, tx, {
      action: "availability.changed",
      subject: subjectOf(ctx.orgId, { staffId: person?.id ?? null, locationId }),
      changes: { weeklyHours: weekly },
      payload: { staffId, locationId },
    });
  });
}

export function refuseEmptyWeek(weekly: readonly (readonly unknown[])[] | null | undefined): void {
  if (weekly?.every((spans) => spans.length === 0))
    throw invalid([{ path: "weekly", message: "Give at least one day, or choose to follow the opening hours." }]);
}
