import { and, eq } from "drizzle-orm";
import { staff } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { getStaff } from "./list-staff";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { refuseUnknownZone } from "./refuse-unknown-zone";
import { changedFields } from "./rules/changed-fields";
import { type Staff, type StaffInput, staffInput } from "./schemas";
import { refuseEmptyWeek } from "./set-weekly-hours";
import { differing, writeStaffServices } from "./write-staff-services";
import { writeWeeklyHours } from "./write-weekly-hours";

/** Changes what is given, services and weekly hours included; bookings that exist stay. Throws `not_found`. */
export async function updateStaff(
  ctx: Context,
  input: Partial<StaffInput> & { staffId: string; active?: boolean },
): Promise<Staff> {
  authorise(ctx, "scheduling.configure");
  const { staffId, active, ...given } = input;
  return inTenant(ctx, async (tx, joined) => {
    const before = await getStaff(joined, staffId);
    const { name, email, timeZone, serviceIds, weekly, terms, locationId, maxPerDay, maxPerWeek } = parse(staffInput, {
      ...before,
      ...given,
    });
    refuseUnknownZone(timeZone);
    refuseEmptyWeek(weekly);
    await refuseUnknownLocation(tx, ctx.orgId, locationId);
    const wanted = { name, email, timeZone, locationId, maxPerDay, maxPerWeek, active: active ?? before.active };
    const changes = changedFields(before, {
      ...wanted,
      serviceIds: [...(serviceIds ?? before.serviceIds)].sort(),
      terms: differing(terms ?? []),
      ...(weekly === undefined ? {} : { weekly }),
    });
    if (Object.keys(changes).length === 0) return before;
    await tx
      .update(staff)
      .set({ ...wanted, updatedAt: ctx.clock.now() })
      .where(and(eq(staff.orgId, ctx.orgId), eq(staff.id, staffId)));
    if (changes.serviceIds || changes.terms) await writeStaffServices(tx, ctx.orgId, staffId, serviceIds, terms ?? []);
    if (changes.weekly) await writeWeeklyHours(tx, ctx.orgId, { staffId }, weekly ?? null);
    await recordChange(ctx, tx, {
      action: "staff.changed",
      subject: { kind: "staff", id: staffId },
      changes,
      payload: { staffId },
    });
    return getStaff(joined, staffId);
  });
}

/** No longer bookable; bookings that exist stay. `updateStaff` with `active: true` brings the person back. */
export const archiveStaff = (ctx: Context, staffId: string): Promise<Staff> =>
  updateStaff(ctx, { staffId, active: false });
