import { civilOf } from "../civil";
import { away, weekdayIn } from "./away";
import { onOrAfter, type Span, weekOf } from "./calendar";
import { dayOfMonth } from "./days-of-month";
import { duration, shifted, unitAt } from "./durations";
import { edgeOf } from "./edges";
import { holiday } from "./holidays";
import type { Dates, Env } from "./meaning";
import { monthName } from "./month-names";
import { relativeDay, weekdayName } from "./named-days";
import { nthOf } from "./nth";
import { numberedPeriod } from "./numbered-periods";
import type { Read } from "./numbers";
import { numericDate } from "./numeric-dates";
import { relativePeriod } from "./relative-periods";
import { season } from "./seasons";
import { after, at, type Token } from "./tokens";
import { weekAround } from "./week-around";
import { begins, SHIFTS } from "./words";
import { yearly, yearNow, yearOrDecade } from "./year-words";

/** Reads dates in one text. Every place is read once: what can begin there is kept, so that no text costs more than its length. */
export type DateReader = (i: number) => Read<Dates> | undefined;

export function dateReader(t: readonly Token[], env: Env): DateReader {
  const known = new Map<number, Read<Dates> | undefined>();
  const read: DateReader = (i) => {
    if (known.has(i)) return known.get(i);
    if (!begins(t, i)) return undefined;
    known.set(i, undefined);
    const found = longest([
      numericDate(t, i, env),
      relativeDay(t, i, env),
      dayOfMonth(t, i, env),
      weekdayName(t, i, env),
      named(t, i, env),
      monthName(t, i, env),
      relativePeriod(t, i, env),
      numberedPeriod(t, i, env),
      season(t, i, env),
      yearOrDecade(t, i, env),
      weekAround(t, i, env, read),
      nthOf(t, i, env, read),
      edgeOf(t, i, env, read),
      away(t, i, env, read),
      weekdayIn(t, i, read),
    ]);
    known.set(i, found);
    return found;
  };
  return read;
}

function longest(all: (Read<Dates> | undefined)[]): Read<Dates> | undefined {
  let best: Read<Dates> | undefined;
  for (const each of all) if (each && (!best || each.end > best.end)) best = each;
  return best;
}

/** A public holiday: "christmas", "thanksgiving 2014", "last easter", "labor day of next year". */
function named(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const read = holiday(t, shift === undefined ? the : the + 1, env.conv);
  if (!read) return undefined;
  const around = aroundHoliday(t, read, env, shift);
  if (around) return around;
  const sample = read.inYear(yearNow(env));
  const unit = sample && sample.to - sample.from > 1 ? "range" : "day";
  const dated = yearly(t, read, env, unit, shift);
  if (!dated?.inYear) return dated;
  const start = after(t, dated.end, "in") > 0 ? dated.end + 1 : dated.end;
  const length = duration(t, start);
  if (!length) return dated;
  const ago = after(t, length.end, "ago|back");
  const hence = Math.max(
    after(t, length.end, "from", "now"),
    after(t, length.end, "hence"),
    start > dated.end ? length.end : -1,
  );
  if (ago < 0 && hence < 0) return dated;
  const about = shifted(env.now, length.duration, ago > 0 ? -1 : 1).day;
  const span = read.inYear(civilOf(about).year);
  return span && { spans: [span], unit, end: Math.max(ago, hence) };
}

/** "Labor Day weekend", "Christmas week": the days off that it belongs to, or its week. */
function aroundHoliday(
  t: readonly Token[],
  { inYear, end }: Read<{ inYear: (year: number) => Span | undefined }>,
  env: Env,
  shift: number | undefined,
): Read<Dates> | undefined {
  const unit = unitAt(t, end);
  const isWeekend = unit?.unit === "weekend";
  if (!unit || !(isWeekend || after(t, end, "week") > 0)) return undefined;
  const spanIn = (year: number): Span | undefined => {
    const day = inYear(year)?.from;
    if (day === undefined) return undefined;
    if (!isWeekend) return { from: weekOf(day, env.conv.weekStart), to: weekOf(day, env.conv.weekStart) + 7 };
    const saturday = onOrAfter(day - 3, 6);
    return { from: Math.min(day, saturday), to: Math.max(day, saturday + 1) + 1 };
  };
  return yearly(t, { inYear: spanIn, end: unit.end }, env, unit.unit, shift);
}
