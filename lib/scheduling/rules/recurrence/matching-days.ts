import { civilOf, type Day, dayOf, weekdayOf } from "../civil";
import type { Rule, RuleDay } from "./rule";

/** What a day is in its month, year and week; kept from one day of a month to the next. */
type Calendar = {
  year: number;
  month: number;
  monthStart: Day;
  monthLength: number;
  yearStart: Day;
  yearLength: number;
};

/**
 * Whether a day is one the rule's day parts name. A rule that names none (by month day, year day, week or weekday) takes its day from the
 * first occurrence. "The nth Tuesday" counts in the year for a yearly rule without months, else in the month.
 */
export function dayMatcher(rule: Rule, firstDay: Day): (day: Day) => boolean {
  const { months, weeks, yearDays, monthDays, days } = withDefaults(rule, firstDay);
  const countsNth = rule.frequency === "YEARLY" || rule.frequency === "MONTHLY";
  const inYear = rule.frequency === "YEARLY" && months.length === 0;
  let calendar = calendarOf(firstDay);
  return (day) => {
    if (day < calendar.monthStart || day >= calendar.monthStart + calendar.monthLength) calendar = calendarOf(day);
    const { monthStart, monthLength, yearStart, yearLength } = calendar;
    if (months.length > 0 && !months.includes(calendar.month)) return false;
    if (monthDays.length > 0 && !isAt(monthDays, day - monthStart + 1, monthLength)) return false;
    if (yearDays.length > 0 && !isAt(yearDays, day - yearStart + 1, yearLength)) return false;
    if (weeks.length > 0) {
      const week = weekOf(day, calendar.year, rule.weekStart);
      if (!isAt(weeks, week.number, week.inYear)) return false;
    }
    if (days.length === 0) return true;
    const [start, length] = inYear ? [yearStart, yearLength] : [monthStart, monthLength];
    return days.some((named) => isNamed(named, day, countsNth, start, length));
  };
}

type DayParts = Pick<Rule, "months" | "weeks" | "yearDays" | "monthDays" | "days">;

function withDefaults(rule: Rule, firstDay: Day): DayParts {
  const { months, weeks, yearDays, monthDays, days } = rule;
  if (weeks.length + yearDays.length + monthDays.length + days.length > 0) return rule;
  const { month, dayOfMonth } = civilOf(firstDay);
  if (rule.frequency === "YEARLY")
    return { months: months.length > 0 ? months : [month], weeks, yearDays, monthDays: [dayOfMonth], days };
  if (rule.frequency === "MONTHLY") return { months, weeks, yearDays, monthDays: [dayOfMonth], days };
  if (rule.frequency === "WEEKLY")
    return { months, weeks, yearDays, monthDays, days: [{ weekday: weekdayOf(firstDay), nth: 0 }] };
  return rule;
}

/** Whether position `at` (from 1) of `length` is listed, counted from the front or, where negative, from the end. */
const isAt = (list: readonly number[], at: number, length: number) =>
  list.includes(at) || list.includes(at - length - 1);

function isNamed(named: RuleDay, day: Day, countsNth: boolean, start: Day, length: number): boolean {
  if (weekdayOf(day) !== named.weekday) return false;
  if (named.nth === 0 || !countsNth) return true;
  if (named.nth > 0) return Math.floor((day - start) / 7) + 1 === named.nth;
  return Math.floor((start + length - 1 - day) / 7) + 1 === -named.nth;
}

function calendarOf(day: Day): Calendar {
  const { year, month, dayOfMonth } = civilOf(day);
  const monthStart = day - dayOfMonth + 1;
  const nextMonth = month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
  const yearStart = dayOf(year, 1, 1);
  return {
    year,
    month,
    monthStart,
    monthLength: nextMonth - monthStart,
    yearStart,
    yearLength: dayOf(year + 1, 1, 1) - yearStart,
  };
}

/** The week of a day and how many weeks its year of weeks has: week 1 is the first with at least four days in the year. */
function weekOf(day: Day, year: number, weekStart: number): { number: number; inYear: number } {
  let first = firstWeek(year, weekStart);
  let next = firstWeek(year + 1, weekStart);
  if (day < first) {
    next = first;
    first = firstWeek(year - 1, weekStart);
  } else if (day >= next) {
    first = next;
    next = firstWeek(year + 2, weekStart);
  }
  return { number: Math.floor((day - first) / 7) + 1, inYear: (next - first) / 7 };
}

function firstWeek(year: number, weekStart: number): Day {
  return startOfWeek(dayOf(year, 1, 4), weekStart);
}

/** The first day of the week `day` lies in, for weeks that begin with `weekStart` (0 = Sunday). */
export const startOfWeek = (day: Day, weekStart: number): Day => day - ((weekdayOf(day) - weekStart + 7) % 7);
