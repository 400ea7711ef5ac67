import type { Day } from "../civil";
import { type Duration, duration, shifted, sized, unitAt } from "./durations";
import type { Dates, Env, Moment } from "./meaning";
import { cardinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { one, spanned, unitSpan } from "./unit-spans";
import { SHIFTS, type Unit } from "./words";

/** "this week", "next month", "the weekend", "next 3 weeks", "past 2 days", "the month after next", "rest of the week". */
export function relativePeriod(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const soFarUnit = TO_DATE.get(at(t, i).text);
  if (soFarUnit) return soFar(soFarUnit, env, i + 1);
  const the = after(t, i, "the|all|all-") > 0 ? i + 1 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const { day } = env.now;
  if (shift === undefined) {
    const counted = upcomingCount(t, the, env);
    if (counted) return counted;
    const unit = unitAt(t, the);
    if (!unit || unit.unit === "second" || unit.unit === "minute" || unit.unit === "hour" || unit.unit === "day")
      return undefined;
    const next = Math.max(after(t, unit.end, "after", "the", "next"), after(t, unit.end, "after", "next"));
    if (next > 0) return spanned(unit.unit, 2, env, next);
    const last = Math.max(after(t, unit.end, "before", "the", "last"), after(t, unit.end, "before", "last"));
    if (last > 0) return spanned(unit.unit, -2, env, last);
    const toDate = at(t, unit.end - 1).text === unit.unit ? after(t, unit.end, "to|till", "date") : -1;
    if (toDate > 0) return soFar(unit.unit, env, toDate);
    if (the > i && at(t, i).text === "the") {
      const later = after(t, unit.end, "after");
      if (later > 0) return spanned(unit.unit, 1, env, later);
      return isNaming(t, unit.end) && !/[^s]s$/.test(at(t, unit.end - 1).text)
        ? spanned(unit.unit, 0, env, unit.end)
        : undefined;
    }
    return unit.unit === "weekend" && the === i ? spanned("weekend", 0, env, unit.end) : undefined;
  }
  const few = at(t, the + 1).text === "the" ? the + 2 : the + 1;
  const unit = unitAt(t, few);
  if (unit) {
    if (unit.unit === "day") return undefined;
    const next = after(t, unit.end, "after", "next");
    if (next > 0 && shift === 1) return spanned(unit.unit, 2, env, next);
    const isComing = unit.unit === "weekend" && /^(up)?coming$/.test(at(t, the).text);
    const span = unitSpan(unit.unit, isComing ? 0 : shift, env);
    if (span) return one(span, unit.unit, unit.end);
    return shift === 0 ? undefined : counted(env, sized(unit.unit, 1), shift > 0 ? 1 : -1, unit.end, day);
  }
  const length = duration(t, few);
  if (!length || shift === 0) return undefined;
  if (env.conv.upcoming === "last" && at(t, the).text === "upcoming")
    return nthAhead(env, length.duration.unit, length.duration.count, length.end);
  return counted(env, length.duration, shift > 0 ? 1 : -1, length.end, day);
}

const TO_DATE: ReadonlyMap<string, Unit> = new Map([
  ["ytd", "year"],
  ["mtd", "month"],
  ["wtd", "week"],
]);

/** "Year to date": what of it is over. */
function soFar(unit: Unit, env: Env, end: number): Read<Dates> | undefined {
  const from = unitSpan(unit, 0, env)?.from ?? env.now.day;
  return from < env.now.day ? one({ from, to: env.now.day }, "range", end) : undefined;
}

/** "2 upcoming months", "upcoming" before the number is read as "next". */
function upcomingCount(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const count = cardinal(t, i);
  if (!count || after(t, count.end, "upcoming|coming|next|following|past|previous|last") < 0) return undefined;
  const unit = unitAt(t, count.end + 1);
  if (!unit) return undefined;
  const length = duration([...t.slice(i, count.end), ...t.slice(count.end + 1, unit.end)], 0);
  const isCounted =
    count.value === 1 || /^(up)?coming$/.test(at(t, count.end).text) || at(t, unit.end - 1).text.endsWith("s");
  if (!isCounted) return undefined;
  const sign = (SHIFTS.get(at(t, count.end).text) ?? 1) > 0 ? 1 : -1;
  if (length && env.conv.upcoming === "last" && at(t, count.end).text === "upcoming")
    return nthAhead(env, unit.unit, count.value, unit.end);
  return length && counted(env, length.duration, sign, unit.end, env.now.day);
}

const nthAhead = (env: Env, unit: Unit, nth: number, end: number): Read<Dates> | undefined => {
  const span = unitSpan(unit, nth, env);
  return span && one(span, unit, end);
};

/** The start of the second, minute or hour we are in, and so many of them on. */
function wholeUnits({ now }: Env, { unit, seconds, count }: Duration, on: number): Moment {
  const size = seconds / count;
  const start = { day: now.day, second: Math.floor(now.second / size) * size };
  return shifted(start, sized(unit, Math.abs(on)), on < 0 ? -1 : 1);
}

function counted(env: Env, length: Duration, sign: 1 | -1, end: number, today: Day): Read<Dates> | undefined {
  const { unit, count } = length;
  if (length.seconds > 0) {
    const open = sign > 0 ? "until" : "from";
    if (env.conv.nextCount !== "calendar")
      return { spans: [], unit, end, moment: shifted(env.now, length, sign), open };
    const base = wholeUnits(env, length, sign > 0 ? 1 : 0);
    return { spans: [], unit, end, moment: shifted(base, length, sign), open, base };
  }
  if (unit === "quarter" || env.conv.nextCount === "calendar") {
    const span = unitSpan(unit, sign > 0 ? 1 : -count, env, today, count);
    return span && one(span, unit, end);
  }
  const base = { day: sign > 0 && length.workdays === 0 ? today + 1 : today, second: 0 };
  const other = shifted(base, length, sign).day;
  if (length.workdays > 0) {
    const first = shifted(base, { ...length, workdays: 1 }, sign).day;
    return one(sign > 0 ? { from: first, to: other + 1 } : { from: other, to: first + 1 }, "range", end);
  }
  return one(sign > 0 ? { from: base.day, to: other } : { from: other, to: base.day }, "range", end);
}

const isNaming = (t: readonly Token[], i: number) => after(t, i, "of|commencing|starting|beginning|hours") < 0;
