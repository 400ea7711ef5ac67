import { civilOf, type Day } from "../civil";
import { monthStart, type Span, weekOf, yearSpan } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import type { Unit } from "./words";

/** One span, as it is read. */
export const one = (span: Span, unit: Dates["unit"], end: number): Read<Dates> => ({ spans: [span], unit, end });

/** The calendar's week, month … `shift` from the present one. */
export function unitSpan(unit: Unit, shift: number, env: Env, base: Day = env.now.day, count = 1): Span | undefined {
  const { year, month } = civilOf(base);
  const week = weekOf(base, env.conv.weekStart) + shift * 7;
  const monday = weekOf(base, 1) + shift * 7;
  switch (unit) {
    case "day":
      return { from: base + shift, to: base + shift + count };
    case "week":
      return { from: week, to: week + 7 * count };
    case "workday":
      return { from: monday, to: monday + 5 };
    case "weekend":
      return { from: monday + 5, to: monday + 7 };
    case "fortnight":
      return { from: week, to: week + 14 };
    case "month":
      return { from: monthStart(year, month, shift), to: monthStart(year, month, shift + count) };
    case "quarter": {
      const first = month - ((month - 1) % 3);
      return { from: monthStart(year, first, shift * 3), to: monthStart(year, first, (shift + count) * 3) };
    }
    case "year":
      return yearSpan(year + shift, count);
    case "decade":
      return yearSpan(year - (year % 10) + shift * 10, 10 * count);
    case "century":
      return yearSpan(year - (year % 100) + shift * 100, 100 * count);
    default:
      return undefined;
  }
}

/** A unit so many from the present one, read up to `end`. */
export const spanned = (unit: Unit, shift: number, env: Env, end: number): Read<Dates> | undefined => {
  const span = unitSpan(unit, shift, env);
  return span && one(span, unit, end);
};
