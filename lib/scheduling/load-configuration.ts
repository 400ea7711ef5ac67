import { sql } from "drizzle-orm";
import type { Database, Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { singleton } from "@/lib/platform/singleton";
import { DAY_MS, type Day, isoOf } from "./rules/civil";
import type { Schedule } from "./rules/schedule";
import { type Configured, toSchedule } from "./to-schedule";

export type Configuration = { version: string; country: string; schedule: Schedule };

type DayRange = { fromDay: Day; toDay: Day };
type Kept = Configuration & DayRange;

/** Overrides and holidays of these days around today are kept; what lies beyond is read anew each time. */
const KEPT_DAYS = { before: 62, after: 1_100 };
const MAX_KEPT = 1_000;

const keptBy = () => singleton("schedules", () => new WeakMap<Database, Map<string, Kept>>());

/** What was read last for the organisation and covers the days. It may have changed since: its version tells. */
export function keptConfiguration({ database, orgId }: Context, days: DayRange): Configuration | undefined {
  const kept = keptBy().get(database)?.get(orgId);
  return kept && kept.fromDay <= days.fromDay && kept.toDay >= days.toDay ? kept : undefined;
}

/** What an organisation has configured, in one statement; kept for the next caller. */
export async function readConfiguration(ctx: Context, tx: Tx, days: DayRange): Promise<Configuration> {
  const today = Math.floor(ctx.clock.now().getTime() / DAY_MS);
  const usual = { fromDay: today - KEPT_DAYS.before, toDay: today + KEPT_DAYS.after };
  const isUsual = usual.fromDay <= days.fromDay && usual.toDay >= days.toDay;
  const { fromDay, toDay } = isUsual ? usual : days;
  const [from, to] = [sql`${isoOf(fromDay)}::date`, sql`${isoOf(toDay)}::date`];
  const { rows } = await tx.execute(sql`
    select o.schedule_version::text as version, o.time_zone as zone, o.currency, o.name, o.country,
      coalesce((select json_agg(json_build_object('id', id, 'name', name, 'aliases', aliases, 'description', description,
        'durationMinutes', duration_minutes, 'bufferBeforeMinutes', buffer_before_minutes, 'bufferAfterMinutes', buffer_after_minutes,
        'gridMinutes', slot_grid_minutes, 'priceCents', price_cents, 'minNoticeMinutes', min_notice_minutes,
        'horizonDays', horizon_days, 'active', active, 'seats', seats, 'staffNeeded', staff_needed, 'maxPerDay', max_per_day,
        'maxPerWeek', max_per_week) order by position, id) from services where org_id = o.id), '[]') as services,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'zone', s.time_zone, 'active', s.active,
        'locationId', s.location_id, 'maxPerDay', s.max_per_day, 'maxPerWeek', s.max_per_week,
        'services', coalesce((select json_agg(x.service_id) from staff_services x where x.staff_id = s.id), '[]')) order by s.position, s.id)
        from staff s where s.org_id = o.id), '[]') as staff,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'locationId', location_id, 'weekday', weekday,
        'startMinute', start_minute, 'endMinute', end_minute)) from weekly_hours where org_id = o.id), '[]') as hours,
      coalesce((select json_agg(json_build_object('staffId', staff_id, 'locationId', location_id, 'onDate', on_date, 'spans', spans,
        'reason', reason)) from date_overrides where org_id = o.id and on_date between ${from} and ${to}), '[]') as overrides,
      (select json_agg(json_build_array(on_date, name)) from holidays
        where org_id = o.id and closes and on_date between ${from} and ${to}) as holidays,
      (select json_agg(json_build_object('id', id, 'name', name, 'zone', time_zone, 'active', active) order by position, id)
        from locations where org_id = o.id) as locations,
      (select json_agg(json_build_array(service_id, location_id)) from service_locations where org_id = o.id) as "serviceLocations",
      (select json_agg(json_build_object('id', r.id, 'name', r.name, 'locationId', r.location_id, 'active', r.active,
        'closures', (select json_agg(json_build_array((extract(epoch from c.starts_at) * 1000)::bigint,
          (extract(epoch from c.ends_at) * 1000)::bigint, c.reason)) from resource_closures c
          where c.org_id = o.id and c.resource_id = r.id and c.ends_at > ${from})) order by r.position, r.id)
        from resources r where r.org_id = o.id) as resources,
      (select json_agg(json_build_array(service_id, resource_id, pool)) from service_resources where org_id = o.id) as pools,
      (select json_agg(json_build_array(staff_id, service_id, duration_minutes, weight)) from staff_services
        where org_id = o.id and (duration_minutes is not null or weight <> 1)) as "ownTerms"
    from organizations o where o.id = ${ctx.orgId}`);
  const { version, ...loaded } = rows[0] as Configured & { version: string };
  const configuration = { version, country: loaded.country, schedule: toSchedule(loaded) };
  if (isUsual) keep(ctx, { ...configuration, ...usual });
  return configuration;
}

function keep({ database, orgId }: Context, kept: Kept): void {
  const all = keptBy();
  const ofDatabase = all.get(database) ?? new Map<string, Kept>();
  all.set(database, ofDatabase);
  ofDatabase.delete(orgId);
  ofDatabase.set(orgId, kept);
  for (const oldest of ofDatabase.keys()) {
    if (ofDatabase.size <= MAX_KEPT) break;
    ofDatabase.delete(oldest);
  }
}
