import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { type Day, isoOf, parseIsoDay } from "./rules/civil";
import { continuingFrom, endingBefore } from "./rules/recurrence";

/** A series from one of its dates on, that date included. */
export type FromDate = { seriesId: string; fromOn: Day };

/** What the dates from there on are now: so many days later, at this time of day; `person`, on whose clock that is, where it is another. */
export type NewTimes = { byDays: number; minute: number; person?: { staffId: string; timeZone: string } | undefined };

/**
 * Writes down that a series is other from one of its dates on (RFC 5545: the old series ends before that date, a new one begins with it and
 * tells what it goes on for). With no booking before that date the series itself is changed, and nothing where nothing is other. Gives the
 * id of the series that has the dates from there on.
 */
export async function splitSeries(ctx: Context, tx: Tx, from: FromDate, times: NewTimes): Promise<string> {
  const { seriesId, fromOn } = from;
  const old = await readSeries(ctx, tx, from);
  const { staffId, timeZone } = times.person ?? old;
  if (times.byDays === 0 && times.minute === old.minute && staffId === old.staffId) return seriesId;
  const { byDays, ...next } = continuingFrom(old, fromOn, times.byDays);
  const except = old.exceptDays.filter((day) => day >= fromOn).map((day) => isoOf(day + byDays));
  const startsOn = isoOf(next.firstDay);
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  if (!old.hasEarlier) {
    await write(
      ctx,
      tx,
      seriesId,
      sql`
      staff_id = ${staffId}, time_zone = ${timeZone}, starts_on = ${startsOn}::date, start_minute = ${times.minute},
      rule = ${next.rule}, except_on = ${dateArray(except)}`,
    );
    await tx.execute(
      sql`update bookings set series_on = series_on + ${byDays}::integer where org_id = ${ctx.orgId} and series_id = ${seriesId}`,
    );
    return seriesId;
  }
  const partId = newId("series");
  await tx.execute(sql`
    insert into booking_series (id, org_id, service_id, staff_id, contact_id, call_id, source, time_zone, starts_on, start_minute, rule,
      except_on, split_from_id, attendee_name, attendee_phone, created_at, updated_at)
    select ${partId}, org_id, service_id, ${staffId}, contact_id, call_id, source, ${timeZone}, ${startsOn}::date, ${times.minute},
      ${next.rule}, ${dateArray(except)}, id, attendee_name, attendee_phone, ${now}, ${now}
    from booking_series where org_id = ${ctx.orgId} and id = ${seriesId}`);
  await tx.execute(sql`
    update bookings set series_id = ${partId}, series_on = series_on + ${byDays}::integer
    where org_id = ${ctx.orgId} and series_id = ${seriesId} and series_on >= ${isoOf(fromOn)}::date`);
  await end(ctx, tx, old, from);
  await recordChange(ctx, tx, {
    action: "series.split",
    subject: { kind: "series", id: partId },
    changes: { from: isoOf(fromOn), startsOn, rule: next.rule },
    payload: { seriesId: partId, splitFromId: seriesId },
  });
  return partId;
}

/** Ends a series before one of its dates; one that has no booking before it stays as it is, with its cancelled bookings. */
export async function endSeries(ctx: Context, tx: Tx, from: FromDate): Promise<void> {
  const old = await readSeries(ctx, tx, from);
  if (old.hasEarlier) await end(ctx, tx, old, from);
}

/** The first of these bookings' dates in the series. */
export async function firstDateOf(ctx: Context, tx: Tx, bookingIds: readonly string[]): Promise<Day> {
  const { rows } = await tx.execute(
    sql`select min(series_on)::text as "fromOn" from bookings where org_id = ${ctx.orgId} and id in ${[...bookingIds]}`,
  );
  return dayOf((rows[0] as { fromOn: string | null }).fromOn ?? "");
}

type Stored = {
  rule: string;
  firstDay: Day;
  minute: number;
  staffId: string;
  timeZone: string;
  exceptDays: Day[];
  hasEarlier: boolean;
};

const end = (ctx: Context, tx: Tx, { rule, exceptDays }: Stored, { seriesId, fromOn }: FromDate) => {
  const left = exceptDays.filter((day) => day < fromOn).map(isoOf);
  return write(ctx, tx, seriesId, sql`rule = ${endingBefore(rule, fromOn)}, except_on = ${dateArray(left)}`);
};

const write = (ctx: Context, tx: Tx, seriesId: string, changes: SQL) =>
  tx.execute(sql`update booking_series set ${changes}, updated_at = ${ctx.clock.now().toISOString()}::timestamptz
    where org_id = ${ctx.orgId} and id = ${seriesId}`);

async function readSeries(ctx: Context, tx: Tx, { seriesId, fromOn }: FromDate): Promise<Stored> {
  const { rows } = await tx.execute(sql`
    select rule, starts_on::text as "startsOn", start_minute as minute, staff_id as "staffId", time_zone as "timeZone", array_to_string(except_on, ',') as "exceptOn", exists (select from bookings b
      where b.org_id = s.org_id and b.series_id = s.id and b.series_on < ${isoOf(fromOn)}::date) as "hasEarlier"
    from booking_series s where s.org_id = ${ctx.orgId} and s.id = ${seriesId}`);
  const row = rows[0] as Omit<Stored, "firstDay" | "exceptDays"> & { startsOn: string; exceptOn: string };
  return { ...row, firstDay: dayOf(row.startsOn), exceptDays: row.exceptOn.split(",").filter(Boolean).map(dayOf) };
}

function dayOf(iso: string): Day {
  const day = parseIsoDay(iso);
  if (day === undefined) throw new Error("a booking of a series stands for no date");
  return day;
}

/** ISO dates as an array in SQL. */
export const dateArray = (dates: readonly string[]): SQL => sql`string_to_array(${dates.join(",")}, ',')::date[]`;
