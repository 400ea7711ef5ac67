import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type Ignoring, occupied } from "./load-busy";
import { mergeBusy } from "./rules/busy";
import { DAY_MS, isoOf, parseIsoDay } from "./rules/civil";
import { type Schedule, weekOf, withBusy } from "./rules/schedule";
import { zoneOf } from "./rules/zone";
import type { BookingStatus, MinuteSpan } from "./schemas";

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

type Loaded = {
  zone: string;
  currency: string;
  name: string;
  country: string;
  services: {
    id: string;
    name: string;
    aliases: string[];
    description: string;
    durationMinutes: number;
    bufferBeforeMinutes: number;
    bufferAfterMinutes: number;
    gridMinutes: number;
    priceCents: number | null;
    minNoticeMinutes: number;
    horizonDays: number;
    active: boolean;
  }[];
  staff: { id: string; name: string; zone: string | null; active: boolean; tentative: boolean; services: string[] }[];
  hours: { staffId: string | null; weekday: number; startMinute: number; endMinute: number }[];
  overrides: { staffId: string | null; onDate: string; spans: MinuteSpan[]; reason: string }[];
  busy: [string, number, number][];
  booking: BookingRow | null;
  contactName: string | null;
};

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
        'horizonDays', horizon_days, 'active', active) order by position, id) from services where org_id = o.id), '[]') as services,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'zone', s.time_zone, 'active', s.active,
        'tentative', exists (select from calendars c where c.org_id = s.org_id and c.staff_id = s.id and c.blocks
          and (c.fresh_until is null or c.fresh_until < ${new Date(nowMs).toISOString()}::timestamptz)),
        'services', coalesce((select json_agg(x.service_id) from staff_services x where x.staff_id = s.id), '[]')) order by s.position, s.id)
        from staff s where s.org_id = o.id), '[]') as staff,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'weekday', weekday, 'startMinute', start_minute,
        'endMinute', end_minute)) from weekly_hours where org_id = o.id), '[]') as hours,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'onDate', on_date, 'spans', spans, 'reason', reason))
        from date_overrides where org_id = o.id and on_date between ${fromDate}::date and ${toDate}::date), '[]') as overrides,
      coalesce((select json_agg(json_build_array(staff_id, block_start_ms, block_end_ms) order by staff_id, block_start_ms)
        from ${occupied(ctx, busy, options)}), '[]') as busy,
      (select json_build_object('id', id, 'serviceId', service_id, 'staffId', staff_id, 'contactId', contact_id, 'callId', call_id,
        'status', status, 'startMs', (extract(epoch from starts_at) * 1000)::bigint, 'attendeeName', attendee_name,
        'attendeePhone', attendee_phone) from bookings where org_id = o.id and id = ${options.movingId ?? ""}) as booking,
      (select name from contacts where org_id = o.id and id = ${options.contactId ?? ""}) as "contactName"
    from organizations o where o.id = ${ctx.orgId}`);
  return toSchedule(rows[0] as Loaded);
}

function toSchedule(loaded: Loaded): LoadedSchedule {
  const zone = zoneOf(loaded.zone);
  const hoursOf = (staffId: string | null) => loaded.hours.filter((row) => row.staffId === staffId);
  const overridesOf = (staffId: string | null) =>
    new Map(
      loaded.overrides
        .filter((row) => row.staffId === staffId)
        .map((row) => [parseIsoDay(row.onDate) ?? 0, row.spans] as const),
    );
  const schedule: Schedule = {
    zone,
    currency: loaded.currency,
    businessName: loaded.name,
    business: { weekly: weekOf(hoursOf(null)), overrides: overridesOf(null) },
    closures: new Map(
      loaded.overrides
        .filter((row) => row.staffId === null)
        .map((row) => [parseIsoDay(row.onDate) ?? 0, row.reason] as const),
    ),
    services: loaded.services,
    staff: loaded.staff.map((person) => {
      const own = hoursOf(person.id);
      return {
        id: person.id,
        name: person.name,
        zone: person.zone ? zoneOf(person.zone) : zone,
        weekly: own.length > 0 ? weekOf(own) : undefined,
        overrides: overridesOf(person.id),
        serviceIds: new Set(person.services),
        active: person.active,
        tentative: person.tentative,
        busy: mergeBusy([]),
      };
    }),
  };
  return {
    ...withBusy(schedule, loaded.busy),
    country: loaded.country,
    booking: loaded.booking ?? undefined,
    contactName: loaded.contactName ?? undefined,
  };
}
