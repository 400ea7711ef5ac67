import { sql } from "drizzle-orm";
import { staff } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { getStaff } from "./list-staff";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { refuseUnknownZone } from "./refuse-unknown-zone";
import { type Staff, type StaffInput, staffInput } from "./schemas";
import { refuseEmptyWeek } from "./set-weekly-hours";
import { writeStaffServices } from "./write-staff-services";
import { writeWeeklyHours } from "./write-weekly-hours";

/** Adds a person who can be booked: doing every service unless some are named, within the opening hours unless own ones are given. */
export async function createStaff(ctx: Context, input: StaffInput): Promise<Staff> {
  authorise(ctx, "scheduling.configure");
  const { name, email, timeZone, serviceIds, weekly, terms, locationId, maxPerDay, maxPerWeek } = parse(
    staffInput,
    input,
  );
  refuseUnknownZone(timeZone);
  refuseEmptyWeek(weekly);
  const id = newId("staff");
  return inTenant(ctx, async (tx, joined) => {
    await refuseUnknownLocation(tx, ctx.orgId, locationId);
    await tx.insert(staff).values({
      id,
      orgId: ctx.orgId,
      name,
      email,
      timeZone,
      locationId,
      maxPerDay,
      maxPerWeek,
      position: sql`(select coalesce(max(position), 0) + 1 from staff where org_id = ${ctx.orgId})`,
    });
    await writeStaffServices(tx, ctx.orgId, id, serviceIds, terms ?? []);
    if (weekly) await writeWeeklyHours(tx, ctx.orgId, { staffId: id }, weekly);
    await recordChange(ctx, tx, {
      action: "staff.changed",
      subject: { kind: "staff", id },
      changes: { created: name },
      payload: { staffId: id },
    });
    return getStaff(joined, id);
  });
}
