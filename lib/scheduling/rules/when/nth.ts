import { civilOf, type Day } from "../civil";
import { monthStart, nthWeekday, type Span, weekOf, weekOfYear } from "./calendar";
import type { DateReader } from "./dates";
import { shifted, sized, unitAt } from "./durations";
import type { Dates, Env } from "./meaning";
import { oneDay, weekdayInMonth } from "./named-days";
import { cardinal, ordinal, type Read, type ReadNumber } from "./numbers";
import { after, at, type Token } from "./tokens";
import { unitSpan } from "./unit-spans";
import { type Unit, WEEKDAYS } from "./words";
import { yearly } from "./year-words";

const OF = new Set(["of", "in", ",", "-", "during", "for"]);

/** Which of the things inside something longer: a weekday, so many of a unit, or one of its halves. `nth` counts from 1, from the end below 0. */
type Which = Read<{ nth: number; weekday?: number; unit?: Unit; count: number; isHalf: boolean }>;

/**
 * "The last Friday of next month", "first week of 2019", "the 15th day of next month", "last four months of 2021", "third Tuesday",
 * "second half of May", "the last Sunday before Easter".
 */
export function nthOf(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const the = after(t, i, "the|on") > 0 ? i + 1 : i;
  const which = whichAt(t, the);
  if (!which) return undefined;
  const { weekday, nth, end } = which;
  const next = OF.has(at(t, end).text) ? end + 1 : end;
  const whole = dates(next) ?? theUnit(t, next, env);
  const span = whole?.spans[0];
  if (!whole || !span || whole.unit === "day") {
    if (weekday === undefined || nth < 1 || next > end || at(t, the).text === "last") return undefined;
    const day = weekdayInMonth(env, weekday, nth);
    return day === undefined ? undefined : { spans: [oneDay(day)], unit: "day", end };
  }
  const pick = (within: Span) => pickFrom(which, within, whole.unit);
  const isDay = weekday !== undefined || (/^(day|workday)$/.test(which.unit ?? "") && which.count === 1);
  const { inYear } = whole;
  if (inYear) {
    const yearlySpan = (y: number) => {
      const within = inYear(y);
      return within && pick(within);
    };
    return yearly(t, { inYear: yearlySpan, end: whole.end }, env, isDay ? "day" : "range");
  }
  const picked = pick(span);
  const isSeveral = which.isHalf || /^(day|workday)$/.test(which.unit ?? "");
  const unit = isDay ? "day" : isSeveral ? "range" : (which.unit ?? "range");
  return picked && { spans: [picked], unit, end: whole.end };
}

function whichAt(t: readonly Token[], i: number): Which | undefined {
  const isLast = after(t, i, "last|final|latter") > 0;
  const isFormer = after(t, i, "former") > 0;
  const read = isLast || isFormer ? { value: isLast ? -1 : 1, end: i + 1 } : (ordinalFromEnd(t, i) ?? ordinal(t, i));
  if (!read) return undefined;
  const nth = read.value;
  if (after(t, read.end, "half") > 0)
    return nth < 3 && after(t, read.end + 1, "of") > 0 ? { nth, count: 1, isHalf: true, end: read.end + 1 } : undefined;
  const weekday = WEEKDAYS.get(at(t, read.end).text);
  if (weekday !== undefined) return { nth, weekday, count: 1, isHalf: false, end: read.end + 1 };
  const few = nth === 1 || isLast ? cardinal(t, read.end) : undefined;
  const unit = unitAt(t, few?.end ?? read.end);
  return unit && { nth, unit: unit.unit, count: few?.value ?? 1, isHalf: false, end: unit.end };
}

/** "Second to last", "third last". */
function ordinalFromEnd(t: readonly Token[], i: number): ReadNumber | undefined {
  const read = ordinal(t, i);
  const end = read ? Math.max(after(t, read.end, "to", "last"), after(t, read.end, "last")) : -1;
  return read && end > 0 ? { value: -read.value, end } : undefined;
}

const theUnit = (t: readonly Token[], i: number, env: Env): Read<Dates> | undefined => {
  const unit = after(t, i, "month|year") > 0 ? unitAt(t, i) : undefined;
  const span = unit && unitSpan(unit.unit, 0, env);
  return unit && span && { spans: [span], unit: unit.unit, end: unit.end };
};

function pickFrom({ nth, weekday, unit, count, isHalf }: Which, within: Span, whole: Dates["unit"]): Span | undefined {
  if (isHalf) return halfOf(within, nth, whole);
  if (weekday === undefined) return unit && nthUnit(unit, nth, count, within, whole);
  const day = nthWeekday(within, weekday, nth);
  return day === undefined ? undefined : oneDay(day);
}

/** The half of a month ends with its fifteenth day (February: fourteenth), that of a year with June. */
function halfOf({ from, to }: Span, nth: number, whole: Dates["unit"]): Span {
  const middle = whole === "year" ? monthStart(civilOf(from).year, 7) : from + Math.floor((to - from) / 2);
  return nth === 1 ? { from, to: middle } : { from: middle, to };
}

function nthUnit(unit: Unit, nth: number, count: number, { from, to }: Span, within: Dates["unit"]): Span | undefined {
  const back = nth < 0;
  if (unit === "day") {
    const start = back ? to - count + nth + 1 : from + nth - 1;
    return start < to && start >= from ? { from: start, to: start + count } : undefined;
  }
  if (unit === "workday") {
    const step = (day: Day, by: number) => shifted({ day, second: 0 }, sized("workday", by), back ? -1 : 1).day;
    const first = step(back ? to : from - 1, Math.abs(nth));
    const last = count > 1 ? step(first, count - 1) : first;
    return { from: Math.min(first, last), to: Math.max(first, last) + 1 };
  }
  if (unit === "week") {
    const first = within === "year" ? weekOfYear(civilOf(from + 10).year, 1) : weekOf(from + 3, 1);
    const last = within === "year" ? weekOfYear(civilOf(from + 10).year + 1, 1) - 7 : weekOf(to - 4, 1);
    const start: Day = back ? last + 7 * (nth + 1 - (count - 1)) : first + 7 * (nth - 1);
    return { from: start, to: start + 7 * count };
  }
  if (unit === "weekend") {
    const day = nthWeekday({ from, to }, 6, nth);
    return day === undefined ? undefined : { from: day, to: day + 2 };
  }
  if (unit === "month" || unit === "quarter") {
    const size = unit === "quarter" ? 3 : 1;
    const { year, month } = civilOf(back ? to : from);
    const offset = (back ? nth + 1 - count : nth - 1) * size;
    return { from: monthStart(year, month, offset), to: monthStart(year, month, offset + count * size) };
  }
  return undefined;
}
