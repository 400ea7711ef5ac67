import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { weekOf } from "./rules/schedule";
import type { Staff } from "./schemas";

type Row = Omit<Staff, "weekly"> & { hours: { weekday: number; startMinute: number; endMinute: number }[] };

/** People with their services and weekly hours, in the owner's order; archived ones only on request. */
export async function listStaff(ctx: Context, options: { includeArchived?: boolean } = {}): Promise<Staff[]> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select s.id, s.name, s.email, s.time_zone as "timeZone", s.active,
        s.location_id as "locationId", s.max_per_day as "maxPerDay", s.max_per_week as "maxPerWeek",
        coalesce((select json_agg(json_build_object('serviceId', service_id, 'durationMinutes', duration_minutes, 'weight', weight)
          order by service_id) from staff_services where staff_id = s.id and (duration_minutes is not null or weight <> 1)), '[]') as terms,
        coalesce((select json_agg(service_id order by service_id) from staff_services where staff_id = s.id), '[]') as "serviceIds",
        coalesce((select json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute))
          from weekly_hours where org_id = s.org_id and staff_id = s.id), '[]') as hours
      from staff s where s.org_id = ${ctx.orgId} and (s.active or ${options.includeArchived ?? false}) order by s.position, s.id`);
    return (rows as Row[]).map(({ hours, ...person }) => ({
      ...person,
      weekly: hours.length > 0 ? weekOf(hours) : null,
    }));
  });
}

/** Archived ones too. Throws `not_found`. */
export async function getStaff(ctx: Context, staffId: string): Promise<Staff> {
  const person = (await listStaff(ctx, { includeArchived: true })).find((each) => each.id === staffId);
  if (!person) throw notFound("This person");
  return person;
}
