import { DAY_MS, isoOf, mondayOf, parseIsoDay, weekdayOf } from "@/lib/scheduling";
import type { DateOverride, MinuteSpan, Week } from "@/lib/scheduling/schemas";

export type MonthDay = {
  iso: string;
  dayOfMonth: number;
  isPast: boolean;
  /** What holds on the day: its own hours, or those of its weekday. */
  spans: readonly MinuteSpan[];
  override: DateOverride | undefined;
  /** The public holiday that closes the day. */
  holiday: string | undefined;
};

/** A person, a place, or neither: the business. */
export type Whose = { staffId: string | null; locationId: string | null };

export const theBusiness: Whose = { staffId: null, locationId: null };

export const isOf = (date: Whose, whose: Whose): boolean =>
  date.staffId === whose.staffId && date.locationId === whose.locationId;

/** "2026-12", or undefined for anything else, and for years whose neighbours do not have four digits. */
export const readMonth = (text: string | undefined): string | undefined =>
  text && /^(19[7-9]\d|[2-8]\d{3}|9[0-8]\d\d)-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;

/** The month `by` months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/**
 * The weeks of a month, Monday first; undefined where a week reaches into another month. What closes the business closes everybody, a public holiday included unless the business has a date of its own; else a
 * person's own date counts before the business's, and without either the weekday's hours hold. A place's own date counts before all of it.
 */
export function monthOf(
  month: string,
  {
    today,
    weekly,
    dates,
    holidays,
    whose,
    worksAt,
  }: {
    today: string;
    weekly: Week;
    dates: readonly DateOverride[];
    holidays: readonly { onDate: string; name: string }[];
    whose: Whose;
    /** The place of the person whose dates they are: its own dates count for them as the business's do. */
    worksAt?: string | undefined;
  },
): (MonthDay | undefined)[][] {
  const first = parseIsoDay(`${month}-01`) ?? 0;
  const next = parseIsoDay(`${monthAfter(month, 1)}-01`) ?? first;
  const of = (owner: Whose) => new Map(dates.filter((date) => isOf(date, owner)).map((date) => [date.onDate, date]));
  const ofPlace = worksAt === undefined ? [] : of({ staffId: null, locationId: worksAt });
  const [ofBusiness, own] = [new Map([...of(theBusiness), ...ofPlace]), of(whose)];
  const holidayOn = new Map(holidays.map((each) => [each.onDate, each.name]));
  const weeks: (MonthDay | undefined)[][] = [];
  for (let monday = mondayOf(first); monday < next; monday += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, n) => {
        const day = monday + n;
        if (day < first || day >= next) return undefined;
        const iso = isoOf(day);
        const closure = ofBusiness.get(iso);
        const isClosed = closure?.spans.length === 0 && whose.locationId === null;
        const override = isClosed ? closure : (own.get(iso) ?? closure);
        const holiday = closure || (override && whose.locationId !== null) ? undefined : holidayOn.get(iso);
        const spans = holiday ? [] : (override?.spans ?? weekly[weekdayOf(day)] ?? []);
        return { iso, dayOfMonth: day - first + 1, isPast: iso < today, spans, override, holiday };
      }),
    );
  return weeks;
}

/** "December 2026". */
export const sayMonth = (month: string): string =>
  new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    (parseIsoDay(`${month}-01`) ?? 0) * DAY_MS,
  );
