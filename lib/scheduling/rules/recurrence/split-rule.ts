import { type Day, isoOf } from "../civil";
import { zoneOf } from "../zone";
import { bookingOccurrences, parseBookingRule } from "./booking-series";

/** More dates than any series has, those that are left out included. */
const MOST_DATES = 1_000;
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const UTC = zoneOf("UTC");

/** What a series repeats by: its rule (RFC 5545) and the first date looked at. */
export type Repeating = { rule: string; firstDay: Day };

/** The same rule, over before `day` (RFC 5545 §3.8.5.3: the part that ends gets an UNTIL, its COUNT goes). */
export const endingBefore = (rule: string, day: Day): string => withEnd(rule, `UNTIL=${compact(day - 1)}`);

/**
 * The dates of a series from `day` on, each moved by `byDays`, as a rule of their own, with as many dates left as there were. Not every
 * shift has a rule ("the second Tuesday" a day later is no nth Wednesday): then it goes on with its own dates, and `byDays` is 0.
 */
export function continuingFrom(series: Repeating, day: Day, byDays: number): Repeating & { byDays: number } {
  const dates = datesOf(series).filter((each) => each >= day);
  const [first = day] = dates;
  const last = dates.at(-1) ?? first;
  const hasCount = /(^|;)\s*COUNT\s*=/i.test(series.rule);
  const ended = (rule: string, by: number) =>
    withEnd(rule, hasCount ? `COUNT=${Math.max(dates.length, 1)}` : `UNTIL=${compact(last + by)}`);
  for (const rule of [series.rule, onShiftedWeekdays(series.rule, byDays)]) {
    const moved = { rule: ended(rule, byDays), firstDay: first + byDays };
    const found = datesOf(moved);
    if (found.length === dates.length && found.every((each, n) => each === (dates[n] ?? 0) + byDays))
      return { ...moved, byDays };
  }
  return { rule: ended(series.rule, 0), firstDay: first, byDays: 0 };
}

/** Every date the rule names, also those a series leaves out. */
function datesOf({ rule, firstDay }: Repeating): Day[] {
  const parsed = parseBookingRule(rule);
  if (!parsed.ok) return [];
  const found = bookingOccurrences({ rule: parsed.value, zone: UTC, firstDay, minute: 0 }, MOST_DATES);
  return found.ok ? found.value.map(({ day }) => day) : [];
}

const partsOf = (rule: string): string[] =>
  rule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);

const withEnd = (rule: string, end: string): string =>
  [...partsOf(rule).filter((part) => !/^(COUNT|UNTIL)\b/.test(part)), end].join(";");

/** Weekdays, and the day a week begins with, as many days later. */
function onShiftedWeekdays(rule: string, byDays: number): string {
  const later = (name: string) => WEEKDAYS[(((WEEKDAYS.indexOf(name) + byDays) % 7) + 7) % 7] ?? name;
  const parts = partsOf(rule).filter((part) => !part.startsWith("WKST"));
  const weekStart = /(?:^|;)WKST=(\w\w)/.exec(partsOf(rule).join(";"))?.[1] ?? "MO";
  const shifted = parts.map((part) =>
    part.startsWith("BYDAY=") ? part.replace(/(?<=[=,\d])(SU|MO|TU|WE|TH|FR|SA)/g, later) : part,
  );
  return [...shifted, `WKST=${later(weekStart)}`].join(";");
}

const compact = (day: Day): string => isoOf(day).replaceAll("-", "");
