import { civilOf, type Day } from "../civil";
import { monthStart, nthWeekday, onOrAfter, type Span, weekOf, weekOfYear } from "./calendar";
import { dayOfMonth } from "./days-of-month";
import { type Duration, duration, isOfDays, shifted, sized, unitAt } from "./durations";
import { edgeOf } from "./edges";
import { holiday } from "./holidays";
import type { Dates, Env } from "./meaning";
import { oneDay, relativeDay, weekdayInMonth, weekdayName } from "./named-days";
import { cardinal, ordinal, type Read, type ReadNumber } from "./numbers";
import { numericDate } from "./numeric-dates";
import { monthName, numberedPeriod, relativePeriod, season, unitSpan, weekAround } from "./periods";
import { after, at, type Token } from "./tokens";
import { begins, EVERY_WEEKDAY, SHIFTS, WEEKDAYS } from "./words";
import { yearly, yearOrDecade } from "./year-words";

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
  const read = holiday(t, shift === undefined ? the : the + 1, env.conv.country);
  if (!read) return undefined;
  const dated = yearly(t, read, env, "day", shift);
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
  return span && { spans: [span], unit: "day", end: Math.max(ago, hence) };
}

const OF = new Set(["of", "in", ",", "-", "during", "for"]);

/** "the last Friday of next month", "first week of 2019", "the 15th day of next month", "last four months of 2021", "third Tuesday". */
function nthOf(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const the = after(t, i, "the|on") > 0 ? i + 1 : i;
  const nth = which(t, the);
  if (!nth) return undefined;
  const few = nth.value === 1 || nth.value === -1 ? cardinal(t, nth.end) : undefined;
  const unit = unitAt(t, few?.end ?? nth.end);
  const weekday = WEEKDAYS.get(at(t, nth.end).text);
  if (!unit && weekday === undefined) return undefined;
  const end = unit?.end ?? nth.end + 1;
  const next = OF.has(at(t, end).text) ? end + 1 : end;
  const whole = dates(next) ?? theUnit(t, next, env);
  const span = whole?.spans[0];
  if (!whole || !span || whole.unit === "day") {
    if (weekday === undefined || nth.value < 1 || next > end || at(t, the).text === "last") return undefined;
    const day = weekdayInMonth(env, weekday, nth.value);
    return day === undefined ? undefined : { spans: [oneDay(day)], unit: "day", end };
  }
  const pick = (within: Span): Span | undefined => {
    if (weekday !== undefined) {
      const day = nthWeekday(within, weekday, nth.value);
      return day === undefined ? undefined : oneDay(day);
    }
    return unit && nthUnit(unit.unit, nth.value, few?.value ?? 1, within, whole.unit);
  };
  const { inYear } = whole;
  if (inYear) {
    const yearlySpan = (y: number) => {
      const within = inYear(y);
      return within && pick(within);
    };
    return yearly(t, { inYear: yearlySpan, end: whole.end }, env, weekday === undefined ? "range" : "day");
  }
  const picked = pick(span);
  const isDay = weekday !== undefined || (unit?.unit === "day" && !few);
  return picked && { spans: [picked], unit: isDay ? "day" : (unit?.unit ?? "range"), end: whole.end };
}

function which(t: readonly Token[], i: number): ReadNumber | undefined {
  if (after(t, i, "last|final") > 0) return { value: -1, end: i + 1 };
  return ordinal(t, i);
}

const theUnit = (t: readonly Token[], i: number, env: Env): Read<Dates> | undefined => {
  const unit = after(t, i, "month|year") > 0 ? unitAt(t, i) : undefined;
  const span = unit && unitSpan(unit.unit, 0, env);
  return unit && span && { spans: [span], unit: unit.unit, end: unit.end };
};

function nthUnit(unit: string, nth: number, count: number, { from, to }: Span, within: string): Span | undefined {
  const back = nth < 0;
  if (unit === "day") {
    const start = back ? to - count : from + nth - 1;
    return start < to && start >= from ? { from: start, to: start + count } : undefined;
  }
  if (unit === "week") {
    const first = within === "year" ? weekOfYear(civilOf(from + 10).year, 1) : weekOf(from + 3, 1);
    const last = within === "year" ? weekOfYear(civilOf(from + 10).year + 1, 1) - 7 : weekOf(to - 4, 1);
    const start: Day = back ? last - 7 * (count - 1) : first + 7 * (nth - 1);
    return { from: start, to: start + 7 * count };
  }
  if (unit === "weekend") {
    const day = nthWeekday({ from, to }, 6, nth);
    return day === undefined ? undefined : { from: day, to: day + 2 };
  }
  if (unit === "month" || unit === "quarter") {
    const size = unit === "quarter" ? 3 : 1;
    const { year, month } = civilOf(back ? to : from);
    const offset = back ? -count * size : (nth - 1) * size;
    return { from: monthStart(year, month, offset), to: monthStart(year, month, offset + count * size) };
  }
  return undefined;
}

const ANCHORS = new Set(["from", "after", "since", "following", "past"]);

/** "in 3 days", "two weeks from tomorrow", "3 days ago", "a week hence", "three months after easter", "in a fortnight's time". */
function away(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const inIt = after(t, i, "in");
  const start = inIt > 0 ? inIt : i;
  const about =
    after(t, start, "about|around|approximately|roughly|another|exactly") > 0 && at(t, start).text !== "another"
      ? start + 1
      : start;
  const counted = weekdaysAway(t, about, env);
  if (counted) return counted;
  const read = duration(t, about);
  const nearBy = read ? undefined : beside(t, start, dates);
  if (nearBy) return nearBy;
  if (!read) {
    const fortnight = after(t, about, "fortnights", "time");
    const one = after(t, about, "a|one", "fortnights|weeks|months|days|hours|years", "time");
    const unit = at(t, about + 1).text.replace(/s$/, "");
    if (one < 0 || inIt < 0)
      return fortnight > 0 && inIt > 0 ? placed(env.now, sized("fortnight", 1), 1, fortnight) : undefined;
    return placed(env.now, sized(unit as Duration["unit"], 1), 1, one);
  }
  const { duration: length, end } = read;
  const ago = Math.max(
    after(t, end, "ago"),
    after(t, end, "earlier"),
    after(t, end, "before", "now"),
    after(t, end, "back"),
  );
  if (ago > 0) return placed(env.now, length, -1, ago);
  const now = Math.max(
    after(t, end, "from|after", "now|today"),
    after(t, end, "hence"),
    after(t, end, "later"),
    after(t, end, "time"),
    after(t, end, "out"),
  );
  if (now > 0 && !(after(t, end, "time") === now && inIt < 0)) return placed(env.now, length, 1, now);
  const weekOn = weeksOn(t, end, length, env, dates);
  if (weekOn) return weekOn;
  return fromAnchor(t, end, length, dates) ?? (inIt > 0 ? placed(env.now, length, 1, end) : undefined);
}

/** "The day after Christmas", "the week before Easter". */
function beside(t: readonly Token[], i: number, dates: DateReader): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const unit = after(t, the, "day|week", "after|before") > 0 ? unitAt(t, the) : undefined;
  return unit && fromAnchor(t, unit.end, sized(unit.unit, 1), dates);
}

/** "... from tomorrow", "... before Christmas", "... prior to the 3rd". */
function fromAnchor(t: readonly Token[], i: number, length: Duration, dates: DateReader): Read<Dates> | undefined {
  const { text } = at(t, i);
  const prior = after(t, i, "prior", "to");
  const isBefore = text === "before" || prior > 0;
  if (!ANCHORS.has(text) && !isBefore) return undefined;
  const next = prior > 0 ? prior : i + 1;
  const anchor = dates(after(t, next, "on|this|the") > 0 && !dates(next) ? next + 1 : next);
  const isPlaced = anchor && (anchor.unit === "day" || text === "after" || text === "since");
  if (!isPlaced || anchor.spans.length === 0 || !isOfDays(length)) return undefined;
  const sign = isBefore ? -1 : 1;
  const spans = anchor.spans.map(({ from }) => oneDay(shifted({ day: from, second: 0 }, length, sign).day));
  return { spans, unit: "day", end: anchor.end, ahead: sign };
}

/** "A week tomorrow", "two weeks on Friday". */
function weeksOn(
  t: readonly Token[],
  i: number,
  { unit, count }: Duration,
  env: Env,
  dates: DateReader,
): Read<Dates> | undefined {
  if ((unit !== "week" && unit !== "fortnight") || !Number.isInteger(count)) return undefined;
  const start = after(t, i, "on") > 0 ? i + 1 : i;
  const weekday = WEEKDAYS.get(at(t, start).text);
  const base = /^(today|tomorrow)$/.test(at(t, start).text)
    ? dates(start)?.spans[0]?.from
    : weekday === undefined
      ? undefined
      : onOrAfter(env.now.day + 1, weekday);
  const size = unit === "fortnight" ? 14 : 7;
  return base === undefined ? undefined : { spans: [oneDay(base + size * count)], unit: "day", end: start + 1 };
}

/** "three Fridays from now", "two Thursdays ago". */
function weekdaysAway(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const count = cardinal(t, i);
  const weekday = count && (EVERY_WEEKDAY.get(at(t, count.end).text) ?? WEEKDAYS.get(at(t, count.end).text));
  if (!count || weekday === undefined || count.value < 1 || count.value > 52) return undefined;
  const { day } = env.now;
  const from = after(t, count.end + 1, "from", "now|today");
  if (from > 0) return { spans: [oneDay(onOrAfter(day + 1, weekday) + (count.value - 1) * 7)], unit: "day", end: from };
  const ago = after(t, count.end + 1, "ago");
  return ago > 0
    ? { spans: [oneDay(onOrAfter(day - 7, weekday) - (count.value - 1) * 7)], unit: "day", end: ago }
    : undefined;
}

function placed(now: Env["now"], length: Duration, sign: 1 | -1, end: number): Read<Dates> {
  const moment = shifted(now, length, sign);
  if (isOfDays(length)) return { spans: [oneDay(moment.day)], unit: "day", end, ahead: sign };
  return { spans: [oneDay(moment.day)], unit: length.unit, end, moment };
}
