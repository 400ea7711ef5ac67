import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { isoOf } from "./rules/civil";
import { localDayOf, localMinuteOf, toInstant, type Zone } from "./rules/zone";

/** A stretch of one local day that a person's own calendar takes. */
export type CalendarTime = {
  id: string;
  staffId: string;
  dayIso: string;
  startMinute: number;
  endMinute: number;
  calendarName: string;
  /** When the calendar was last read. */
  readAt: Date | null;
  isCurrent: boolean;
};

type Row = Pick<CalendarTime, "staffId" | "calendarName" | "isCurrent"> & {
  calendarId: string;
  startMs: number;
  endMs: number;
  readAt: string | null;
};

/** What the people's calendars take in [fromMs, toMs), for a picture of it: what overlaps or touches is one, cut at midnight. */
export async function loadCalendarBusy(
  ctx: Context,
  tx: Tx,
  zone: Zone,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<CalendarTime[]> {
  const { rows } = await tx.execute(sql`
    select x.calendar_id as "calendarId", x.staff_id as "staffId", c.name as "calendarName", c.synced_at as "readAt",
      coalesce(c.fresh_until >= ${ctx.clock.now().toISOString()}::timestamptz, false) as "isCurrent",
      (extract(epoch from lower(r.span)) * 1000)::float8 as "startMs", (extract(epoch from upper(r.span)) * 1000)::float8 as "endMs"
    from (select calendar_id, staff_id, range_agg(tstzrange(to_timestamp(start_ms / 1000.0), to_timestamp(end_ms / 1000.0))) as spans
      from calendar_busy where org_id = ${ctx.orgId} and start_ms < ${toMs} and end_ms > ${fromMs} group by 1, 2) x
      cross join lateral unnest(x.spans) as r(span) join calendars c on c.org_id = ${ctx.orgId} and c.id = x.calendar_id
    order by "startMs"`);
  return (rows as Row[]).flatMap(({ calendarId, startMs, endMs, readAt, ...row }) =>
    daysOf(zone, Math.max(startMs, fromMs), Math.min(endMs, toMs)).map((span) => ({
      ...row,
      ...span,
      id: `${calendarId} ${span.dayIso} ${span.startMinute}`,
      readAt: readAt === null ? null : new Date(readAt),
    })),
  );
}

function daysOf(zone: Zone, startMs: number, endMs: number) {
  const spans: Pick<CalendarTime, "dayIso" | "startMinute" | "endMinute">[] = [];
  for (let from = startMs; from < endMs; ) {
    const day = localDayOf(zone, from);
    const midnight = toInstant(zone, day + 1, 0);
    const to = Math.min(endMs, midnight);
    const startMinute = localMinuteOf(zone, from);
    const endMinute = to === midnight ? 1440 : localMinuteOf(zone, to);
    spans.push({ dayIso: isoOf(day), startMinute, endMinute: Math.max(endMinute, startMinute + 1) });
    from = to;
  }
  return spans;
}
