import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type Ignoring, occupiedColumns } from "./load-busy";
import { DAY_MS, isoOf } from "./rules/civil";
import { type Occupied, withOccupied } from "./rules/occupied";
import type { Schedule } from "./rules/schedule";
import type { BookingStatus } from "./schemas";
import { type Configured, toSchedule } from "./to-schedule";

export type LoadedSchedule = Schedule & {
  country: string;
  booking: BookingRow | undefined;
  /** Of the contact asked for; undefined when there is none. */
  contactName: string | undefined;
};

/** The booking being moved, in the same read. */
export type BookingRow = {
  id: string;
  serviceId: string;
  staffId: string;
  contactId: string | null;
  callId: string | null;
  status: BookingStatus;
  startMs: number;
  attendeeName: string;
  attendeePhone: string | null;
};

type Range = { fromMs: number; toMs: number };

type Loaded = Configured & Occupied & { booking: BookingRow | null; contactName: string | null };

/**
 * Services, staff, hours and dates of an organisation in one statement, with what is occupied in `busy` (default: nothing is read).
 * Expired holds do not count, nor holds of `callId` or `holdId`, nor the booking that is being moved: their time is free to this caller.
 */
export async function loadSchedule(
  ctx: Context,
  tx: Tx,
  options: Ignoring & {
    busy?: Range | undefined;
    /** Dates whose overrides are wanted; default: those of `busy`, else from today two years ahead. */
    days?: Range | undefined;
    contactId?: string | undefined;
  } = {},
): Promise<LoadedSchedule> {
  const nowMs = ctx.clock.now().getTime();
  const days = options.days ?? options.busy ?? { fromMs: nowMs, toMs: nowMs + 731 * DAY_MS };
  const [fromDate, toDate] = [isoOf(Math.floor(days.fromMs / DAY_MS) - 3), isoOf(Math.ceil(days.toMs / DAY_MS) + 3)];
  const busy = options.busy ?? { fromMs: 0, toMs: 0 };
  const { rows } = await tx.execute(sql`
    select o.time_zone as zone, o.currency, o.name, o.country,
      coalesce((select json_agg(json_build_object('id', id, 'name', name, 'aliases', aliases, 'description', description,
        'durationMinutes', duration_minutes, 'bufferBeforeMinutes', buffer_before_minutes, 'bufferAfterMinutes', buffer_after_minutes,
        'gridMinutes', slot_grid_minutes, 'priceCents', price_cents, 'minNoticeMinutes', min_notice_minutes,
        'horizonDays', horizon_days, 'active', active, 'seats', seats, 'staffNeeded', staff_needed, 'maxPerDay', max_per_day,
        'maxPerWeek', max_per_week) order by position, id) from services where org_id = o.id), '[]') as services,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'zone', s.time_zone, 'active', s.active,
        'tentative', exists (select from calendars c where c.org_id = s.org_id and c.staff_id = s.id and c.blocks
          and (c.fresh_until is null or c.fresh_until < ${new Date(nowMs).toISOString()}::timestamptz)),
        'locationId', s.location_id, 'maxPerDay', s.max_per_day, 'maxPerWeek', s.max_per_week, 'services', coalesce((select json_agg(x.service_id) from staff_services x where x.staff_id = s.id), '[]')) order by s.position, s.id)
        from staff s where s.org_id = o.id), '[]') as staff,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'locationId', location_id, 'weekday', weekday, 'startMinute', start_minute,
        'endMinute', end_minute)) from weekly_hours where org_id = o.id), '[]') as hours,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'locationId', location_id, 'onDate', on_date, 'spans', spans, 'reason', reason))
        from date_overrides where org_id = o.id and on_date between ${fromDate}::date and ${toDate}::date), '[]') as overrides,
      (select json_agg(json_build_array(on_date, name)) from holidays
        where org_id = o.id and closes and on_date between ${fromDate}::date and ${toDate}::date) as holidays,
      (select json_agg(json_build_object('id', id, 'name', name, 'zone', time_zone, 'active', active) order by position, id)
        from locations where org_id = o.id) as locations,
      (select json_agg(json_build_array(service_id, location_id)) from service_locations where org_id = o.id) as "serviceLocations",
      (select json_agg(json_build_object('id', id, 'name', name, 'locationId', location_id, 'active', active) order by position, id)
        from resources where org_id = o.id) as resources,
      (select json_agg(json_build_array(service_id, resource_id, pool)) from service_resources where org_id = o.id) as pools,
      (select json_agg(json_build_array(staff_id, service_id, duration_minutes, weight)) from staff_services
        where org_id = o.id and (duration_minutes is not null or weight <> 1)) as "ownTerms",
      ${occupiedColumns(ctx, busy, options)},
      (select json_build_object('id', id, 'serviceId', service_id, 'staffId', staff_id, 'contactId', contact_id, 'callId', call_id,
        'status', status, 'startMs', (extract(epoch from starts_at) * 1000)::bigint, 'attendeeName', attendee_name,
        'attendeePhone', attendee_phone) from bookings where org_id = o.id and id = ${options.movingId ?? ""}) as booking,
      (select name from contacts where org_id = o.id and id = ${options.contactId ?? ""}) as "contactName"
    from organizations o where o.id = ${ctx.orgId}`);
  const loaded = rows[0] as Loaded;
  return {
    ...withOccupied(toSchedule(loaded), loaded),
    country: loaded.country,
    booking: loaded.booking ?? undefined,
    contactName: loaded.contactName ?? undefined,
  };
}
