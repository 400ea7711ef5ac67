import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import type { HolidayData } from "./ports";
import { isoOf } from "./rules/civil";
import { localDayOf, zoneOf } from "./rules/zone";
import type { HolidayChoice } from "./schemas";

/** Years written down beyond the current one: services may be booked two years ahead, and a year is added before it is needed. */
const YEARS_AHEAD = 5;

/** Writes the dates of the organisation's public holidays from this year on, and that they are known until then. */
export async function writeHolidays(ctx: Context, tx: Tx, choice: HolidayChoice, data: HolidayData): Promise<string> {
  const { rows } = await tx.execute(sql`select time_zone from organizations where id = ${ctx.orgId}`);
  const zone = zoneOf((rows[0] as { time_zone: string }).time_zone);
  const thisYear = Number(isoOf(localDayOf(zone, ctx.clock.now().getTime())).slice(0, 4));
  const years = Array.from({ length: YEARS_AHEAD + 1 }, (_, n) => thisYear + n);
  const closedOn = new Set(choice.closedOn);
  const dates = data
    .holidays(choice, years)
    .map(({ onDate, name }) => ({ on_date: onDate, name, closes: closedOn.has(name) }));
  const knownUntil = `${thisYear + YEARS_AHEAD}-12-31`;
  await tx.execute(sql`delete from holidays where org_id = ${ctx.orgId} and on_date >= ${`${thisYear}-01-01`}::date`);
  await tx.execute(sql`
    insert into holidays (org_id, on_date, name, closes)
    select ${ctx.orgId}, d.on_date, d.name, d.closes
      from jsonb_to_recordset(${JSON.stringify(dates)}::jsonb) as d(on_date date, name text, closes boolean)
    on conflict (org_id, on_date, name) do update set closes = excluded.closes`);
  await tx.execute(sql`
    insert into holiday_calendars (org_id, country, region, closed_on, known_until, updated_at)
    select ${ctx.orgId}, ${choice.country}, ${choice.region}, array(select jsonb_array_elements_text(${JSON.stringify(choice.closedOn)}::jsonb)),
      ${knownUntil}::date, ${ctx.clock.now().toISOString()}::timestamptz
    on conflict (org_id) do update set country = excluded.country, region = excluded.region, closed_on = excluded.closed_on,
      known_until = excluded.known_until, updated_at = excluded.updated_at`);
  return knownUntil;
}
