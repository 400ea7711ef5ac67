import { civilOf, type Day, dayOf, weekdayOf } from "../civil";

/** Days, start inclusive, end exclusive. */
export type Span = { from: Day; to: Day };

/** The day of a date that exists, else undefined. Years 1 to 9999. */
export function realDay(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 || year < 1 || year > 9999) return undefined;
  const day = dayOf(year, month, dayOfMonth);
  return civilOf(day).month === month ? day : undefined;
}

/** The first day of the month that lies `ahead` months after month `month` of `year`. */
export function monthStart(year: number, month: number, ahead = 0): Day {
  const count = year * 12 + month - 1 + ahead;
  return dayOf(Math.floor(count / 12), (((count % 12) + 12) % 12) + 1, 1);
}

export const monthSpan = (year: number, month: number, months = 1): Span => ({
  from: monthStart(year, month),
  to: monthStart(year, month, months),
});
export const yearSpan = (year: number, years = 1): Span => ({ from: dayOf(year, 1, 1), to: dayOf(year + years, 1, 1) });

/** The same day of the month some months on, or that month's last day. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = civilOf(day);
  const { from, to } = { from: monthStart(year, month, months), to: monthStart(year, month, months + 1) };
  return Math.min(from + dayOfMonth, to) - 1;
}

export const weekOf = (day: Day, weekStart: 0 | 1): Day => day - ((weekdayOf(day) - weekStart + 7) % 7);

/** The nth weekday of a span, from 1; -1 is its last. */
export function nthWeekday({ from, to }: Span, weekday: number, nth: number): Day | undefined {
  if (nth < 0) {
    const last = to - 1;
    return last - ((weekdayOf(last) - weekday + 7) % 7) + (nth + 1) * 7;
  }
  const day = from + ((weekday - weekdayOf(from) + 7) % 7) + (nth - 1) * 7;
  return day < to ? day : undefined;
}

/** The first day, from `day` on, that is this weekday. */
export const onOrAfter = (day: Day, weekday: number): Day => day + ((weekday - weekdayOf(day) + 7) % 7);

/** The Monday (or Sunday) that begins week `nth` of a year: the week with its first Thursday is the first. */
export const weekOfYear = (year: number, nth: number): Day => weekOf(dayOf(year, 1, 4), 1) + (nth - 1) * 7;

/** Easter Sunday by Gauss's rule for the Gregorian calendar. */
export function easter(year: number): Day {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const skipped = Math.floor((8 * century + 13) / 25);
  const epact = (19 * a + century - Math.floor(century / 4) - skipped + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const correction = Math.floor((a + 11 * epact + 19 * toSunday) / 433);
  const month = Math.floor((epact + toSunday - 7 * correction + 90) / 25);
  const dayOfMonth = (epact + toSunday - 7 * correction + 33 * month + 19) % 32;
  return dayOf(year, month, dayOfMonth);
}

/** Easter of the Orthodox churches: the Julian rule, in Gregorian dates. */
export function orthodoxEaster(year: number): Day {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const julian = d + e + 114;
  const behind = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return dayOf(year, Math.floor(julian / 31), (julian % 31) + 1) + behind;
}
