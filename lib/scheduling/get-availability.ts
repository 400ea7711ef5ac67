import { and, asc, gt, inArray, lt, sql } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { selectBookings } from "./booking-rows";
import { type CalendarTime, loadCalendarBusy } from "./load-calendar-busy";
import { loadSchedule } from "./load-schedule";
import { DAY_MS, type Day, isoOf, MINUTE_MS } from "./rules/civil";
import { peopleFor } from "./rules/schedule";
import { localDayOf, localMinuteOf, toInstant, type Zone } from "./rules/zone";
import type { Booking } from "./schemas";

type Minutes = { dayIso: string; startMinute: number; endMinute: number };

export type Availability = {
  timeZone: string;
  todayIso: string;
  /** Minute of the day it is now in the business's zone. */
  nowMinute: number;
  days: { iso: string; closure: string | null; isClosed: boolean }[];
  staff: { id: string; name: string }[];
  openings: (Minutes & { staffId: string })[];
  /** One for each person it occupies; `partOf` names the booking where the row is a further person's. */
  bookings: (Booking & Minutes & { partOf: string | null; bufferBeforeMinutes: number; bufferAfterMinutes: number })[];
  holds: (Minutes & { id: string; staffId: string; serviceName: string; expiresAt: Date })[];
  /** What their own calendars take. */
  busy: CalendarTime[];
};

/**
 * What a calendar of `days` local days from `from` shows: when each person can be booked, bookings (cancelled ones left out) and live
 * holds, in minutes of the business's wall clock; what runs past midnight is cut there.
 */
export async function getAvailability(
  ctx: Context,
  input: { from: Day; days: number; staffId?: string | undefined },
): Promise<Availability> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const nowMs = ctx.clock.now().getTime();
    const range = { fromMs: input.from * DAY_MS - DAY_MS, toMs: (input.from + input.days + 1) * DAY_MS };
    const schedule = await loadSchedule(ctx, tx, { days: range });
    const { zone } = schedule;
    const [fromMs, toMs] = [toInstant(zone, input.from, 0), toInstant(zone, input.from + input.days, 0)];
    const rows = await selectBookings(
      ctx,
      tx,
      and(
        lt(bookings.startsAt, new Date(toMs)),
        gt(bookings.endsAt, new Date(fromMs)),
        inArray(bookings.status, ["confirmed", "completed", "no_show", "held"]),
      ),
    ).orderBy(asc(bookings.startsAt), asc(bookings.id));
    const { rows: parts } =
      await tx.execute(sql`select p.id, p.part_of_id as "partOf", p.staff_id as "staffId", s.name as "staffName"
      from bookings p join bookings b on b.org_id = p.org_id and b.id = p.part_of_id and b.staff_id <> p.staff_id
      join staff s on s.org_id = p.org_id and s.id = p.staff_id
      where p.org_id = ${ctx.orgId} and p.part_of_id is not null and p.starts_at < ${new Date(toMs).toISOString()}::timestamptz
        and p.ends_at > ${new Date(fromMs).toISOString()}::timestamptz`);
    const together = parts as { id: string; partOf: string; staffId: string; staffName: string }[];
    const everyone = rows.flatMap((row) => [
      { ...row, partOf: null as string | null },
      ...together.filter((part) => part.partOf === row.id).map((part) => ({ ...row, ...part })),
    ]);
    const { rows: expiries } =
      await tx.execute(sql`select id, extract(epoch from hold_expires_at) * 1000 as expires from bookings
      where org_id = ${ctx.orgId} and status = 'held' and hold_expires_at > ${ctx.clock.now().toISOString()}::timestamptz`);
    const expiresAt = new Map(
      (expiries as { id: string; expires: string }[]).map((row) => [row.id, Number(row.expires)]),
    );
    const withRows = new Set(everyone.map((row) => row.staffId));
    const staff = schedule.staff.filter(
      (person) => (person.active || withRows.has(person.id)) && (!input.staffId || person.id === input.staffId),
    );
    const shown = everyone.filter((row) => staff.some((person) => person.id === row.staffId));
    const people = peopleFor(
      schedule,
      staff.filter((person) => person.active),
      fromMs,
      toMs,
    );
    const openings = people.flatMap((person) => {
      const found: Availability["openings"] = [];
      for (let i = 0; i < person.open.length; i += 3) {
        const [start = 0, end = 0] = [person.open[i], person.open[i + 1]];
        if (start < toMs && end > fromMs)
          found.push({ staffId: person.id, ...minutesOf(zone, Math.max(start, fromMs), Math.min(end, toMs)) });
      }
      return found;
    });
    const busy = await loadCalendarBusy(ctx, tx, zone, { fromMs, toMs });
    const services = new Map(schedule.services.map((service) => [service.id, service]));
    const place = (row: Booking) =>
      minutesOf(zone, Math.max(row.startsAt.getTime(), fromMs), Math.min(row.endsAt.getTime(), toMs));
    const today = localDayOf(zone, nowMs);
    return {
      timeZone: zone.name,
      todayIso: isoOf(today),
      nowMinute: localMinuteOf(zone, nowMs),
      days: Array.from({ length: input.days }, (_, n) => {
        const spans =
          schedule.business.overrides.get(input.from + n) ?? schedule.business.weekly[(input.from + n + 4) % 7] ?? [];
        return {
          iso: isoOf(input.from + n),
          closure: schedule.closures.get(input.from + n) ?? null,
          isClosed: spans.length === 0,
        };
      }),
      staff: staff.map(({ id, name }) => ({ id, name })),
      openings,
      bookings: shown
        .filter((row) => row.status !== "held")
        .map((row) => ({
          ...row,
          ...place(row),
          bufferBeforeMinutes: services.get(row.serviceId)?.bufferBeforeMinutes ?? 0,
          bufferAfterMinutes: services.get(row.serviceId)?.bufferAfterMinutes ?? 0,
        })),
      busy: busy.filter((each) => staff.some((person) => person.id === each.staffId)),
      holds: shown.flatMap((row) => {
        const expires = row.status === "held" ? expiresAt.get(row.partOf ?? row.id) : undefined;
        return expires === undefined
          ? []
          : [
              {
                id: row.id,
                staffId: row.staffId,
                serviceName: row.serviceName,
                expiresAt: new Date(expires),
                ...place(row),
              },
            ];
      }),
    };
  });
}

/** The wall clock's reading of a stretch, cut at the midnight after its start. */
function minutesOf(zone: Zone, startMs: number, endMs: number): Minutes {
  const day = localDayOf(zone, startMs);
  const startMinute = localMinuteOf(zone, startMs);
  const endMinute = localDayOf(zone, endMs - MINUTE_MS) > day ? 1440 : localMinuteOf(zone, endMs - MINUTE_MS) + 1;
  return { dayIso: isoOf(day), startMinute, endMinute: Math.max(endMinute, startMinute + 5) };
}
