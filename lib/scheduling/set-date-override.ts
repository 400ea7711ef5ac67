import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { subjectOf } from "./availability-subject";
import { getStaff } from "./list-staff";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { type DateOverride, type DateOverrideInput, dateOverrideInput } from "./schemas";

/**
 * What replaces the weekly hours on one date, for the business (neither person nor place named), one person or one place; no spans = closed. A second one for the
 * same date replaces the first. A person's date counts within the business's hours of that date.
 */
export async function setDateOverride(ctx: Context, input: DateOverrideInput): Promise<DateOverride> {
  authorise(ctx, "scheduling.configure");
  const { staffId, locationId, onDate, spans, reason } = parse(dateOverrideInput, input);
  if (staffId !== null && locationId !== null)
    throw invalid([{ path: "locationId", message: "A date belongs to a person or to a place." }]);
  return inTenant(ctx, async (tx, joined) => {
    if (staffId !== null) await getStaff(joined, staffId);
    await refuseUnknownLocation(tx, ctx.orgId, locationId);
    const { rows } = await tx.execute(sql`
      insert into date_overrides (id, org_id, staff_id, location_id, on_date, spans, reason)
      values (${newId("dateOverride")}, ${ctx.orgId}, ${staffId}, ${locationId}, ${onDate}::date, ${JSON.stringify(spans)}::jsonb, ${reason})
      on conflict (org_id, coalesce(staff_id, location_id, ''), on_date) do update set spans = excluded.spans, reason = excluded.reason
      returning id`);
    const { id } = rows[0] as { id: string };
    await recordChange(ctx, tx, {
      action: "availability.changed",
      subject: subjectOf(ctx.orgId, { staffId, locationId }),
      changes: { onDate, spans, ...(reason ? { reason } : {}) },
      payload: { staffId, locationId, onDate },
    });
    return { id, staffId, locationId, onDate, spans, reason };
  });
}
