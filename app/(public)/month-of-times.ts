import type { Context } from "@/lib/platform/context";
import {
  findFreeStarts,
  findSlots,
  isoOf,
  localDayOf,
  mondayOf,
  parseIsoDay,
  toInstant,
  zoneOf,
} from "@/lib/scheduling";
import type { SlotOffer } from "@/lib/scheduling/schemas";

type Asked = {
  serviceId: string;
  staffId?: string | undefined;
  locationId?: string | undefined;
  horizonDays: number;
  /** Whose wall clock the days are counted on. */
  zone: string;
  businessZone: string;
  /** "2026-12", "2026-12-04", or nothing: the first day that has a time. */
  month?: string | undefined;
  date?: string | undefined;
};

export type MonthOfTimes = {
  /** "2026-12". */
  month: string;
  monthBefore: string | null;
  monthAfter: string | null;
  /** Whole weeks, Monday first; days of other months are null. */
  weeks: ({ iso: string; count: number } | null)[][];
  date: string | null;
  /** Of the chosen day, ascending. */
  times: SlotOffer[];
};

/** Long enough to find the first free day of almost any business, and all of its month, in one question. */
const FIRST_LOOK_DAYS = 62;

/** A month of days with how many times each has, and the times of one of them, as the wall clock of `zone` reads. */
export async function loadMonth(ctx: Context, asked: Asked): Promise<MonthOfTimes> {
  const zone = zoneOf(asked.zone);
  const nowMs = ctx.clock.now().getTime();
  const today = localDayOf(zone, nowMs);
  const last = today + asked.horizonDays + 1;
  const dayOf = (startMs: number) => localDayOf(zone, startMs);
  const wanted = parseIsoDay(asked.date ?? "") ?? parseIsoDay(`${asked.month}-01`);
  let first: number[] = [];
  let at = wanted;
  if (at === undefined) {
    first = await startsBetween(ctx, asked, today, Math.min(today + FIRST_LOOK_DAYS, last));
    at = first[0] === undefined ? today : dayOf(first[0]);
  }
  const start = firstOfMonth(Math.min(Math.max(at, firstOfMonth(today)), last));
  const end = firstOfNextMonth(start);
  const isCovered = first.length > 0 && end <= today + FIRST_LOOK_DAYS;
  const starts = isCovered ? first : await startsBetween(ctx, asked, Math.max(start, today), Math.min(end - 1, last));
  const byDay = Map.groupBy(
    starts.filter((startMs) => dayOf(startMs) >= start && dayOf(startMs) < end),
    dayOf,
  );
  const day = chosenDay([...byDay.keys()], asked.date === undefined ? undefined : parseIsoDay(asked.date), start, end);
  return {
    month: isoOf(start).slice(0, 7),
    monthBefore: start > firstOfMonth(today) ? isoOf(start - 1).slice(0, 7) : null,
    monthAfter: end <= last ? isoOf(end).slice(0, 7) : null,
    weeks: weeksOf(start, end, (each) => byDay.get(each)?.length ?? 0),
    date: day === undefined ? null : isoOf(day),
    times: day !== undefined && byDay.has(day) ? await timesOf(ctx, asked, day) : [],
  };
}

/** The day that was asked for, where it lies in the month, else its first with a time. */
const chosenDay = (free: number[], asked: number | undefined, start: number, end: number): number | undefined =>
  asked !== undefined && asked >= start && asked < end ? asked : free[0];

/** The visitor's days `from` to `to` as instants, and as the business's dates that cover them. */
function rangeOf({ zone, businessZone }: Asked, from: number, to: number) {
  const [mine, theirs] = [zoneOf(zone), zoneOf(businessZone)];
  const [fromMs, toMs] = [toInstant(mine, from, 0), toInstant(mine, to + 1, 0)];
  const [fromDate, toDate] = [isoOf(localDayOf(theirs, fromMs)), isoOf(localDayOf(theirs, toMs - 1))];
  return { dates: { fromDate, toDate }, isInside: (startMs: number) => startMs >= fromMs && startMs < toMs };
}

async function startsBetween(ctx: Context, asked: Asked, from: number, to: number): Promise<number[]> {
  if (from > to) return [];
  const { dates, isInside } = rangeOf(asked, from, to);
  const { serviceId, staffId, locationId } = asked;
  return (await findFreeStarts(ctx, { serviceId, staffId, locationId, ...dates })).filter(isInside);
}

async function timesOf(ctx: Context, asked: Asked, day: number): Promise<SlotOffer[]> {
  const { dates, isInside } = rangeOf(asked, day, day);
  const { serviceId, staffId, locationId } = asked;
  return (await findSlots(ctx, { serviceId, staffId, locationId, ...dates })).slots.filter((slot) =>
    isInside(slot.startMs),
  );
}

const firstOfMonth = (day: number): number => parseIsoDay(`${isoOf(day).slice(0, 7)}-01`) ?? day;
const firstOfNextMonth = (start: number): number => firstOfMonth(start + 31);

function weeksOf(start: number, end: number, countOf: (day: number) => number): MonthOfTimes["weeks"] {
  const weeks: MonthOfTimes["weeks"] = [];
  for (let monday = mondayOf(start); monday < end; monday += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, n) => {
        const day = monday + n;
        return day < start || day >= end ? null : { iso: isoOf(day), count: countOf(day) };
      }),
    );
  return weeks;
}
