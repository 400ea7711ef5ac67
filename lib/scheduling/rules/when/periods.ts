import { civilOf, type Day, dayOf } from "../civil";
import { monthSpan, monthStart, onOrAfter, type Span, weekOf, weekOfYear, yearSpan } from "./calendar";
import { type Duration, duration, shifted, sized, unitAt } from "./durations";
import type { Dates, Env, Moment } from "./meaning";
import { cardinal, ordinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { MONTHS, monthAt, SHIFTS, type Unit } from "./words";
import { fullYear, yearAfter, yearly, yearNow } from "./year-words";

const one = (span: Span, unit: Dates["unit"], end: number): Read<Dates> => ({ spans: [span], unit, end });

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

/** "march", "march 2017", "2017 march", "last september", "next march", "this june". "May" and "march" alone need a word that says so. */
export function monthName(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const before = at(t, i).kind === "num" && at(t, i).text.length === 4 ? at(t, i) : undefined;
  if (before) {
    const next = /^[-/,]$/.test(at(t, i + 1).text) ? i + 2 : i + 1;
    const month = monthAt(t, next);
    return month === undefined ? undefined : one(monthSpan(before.value, month), "month", next + 1);
  }
  const the = after(t, i, "the", "month", "of") > 0 ? i + 3 : after(t, i, "month", "of") > 0 ? i + 2 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const named = shift === undefined ? the : the + 1;
  const word = at(t, named).text;
  const month = monthAt(t, named);
  if (month === undefined) return undefined;
  const end = at(t, named + 1).text === "." && at(t, named + 1).glued && word.length < 5 ? named + 2 : named + 1;
  const inYear = (y: number) => monthSpan(y, month);
  const previous = at(t, i - 1);
  if (previous.kind === "num" && previous.value > 28 && previous.value < 32 && !previous.glued) return undefined;
  if (shift === undefined && the === i) {
    const comma = /^[,/-]$/.test(at(t, end).text) ? end + 1 : end;
    const short = at(t, comma);
    const said = yearAfter(t, comma, env);
    if (
      !said &&
      AMBIGUOUS.has(word) &&
      !SAYS_MONTH.has(at(t, i - 1).text) &&
      !(at(t, i - 1).kind === "num" && at(t, i - 1).text.length < 3) &&
      !(at(t, i - 1).text === "and" && monthAt(t, i - 2)) &&
      !(/^(to|until|till|through|-)$/.test(at(t, end).text) && MONTHS.has(at(t, end + 1).text))
    )
      return undefined;
    if (said && comma > end) return one(monthSpan(said.value, month), "month", said.end);
    if (short.kind === "num" && short.text.length === 2 && short.value > 31)
      return one(monthSpan(fullYear(short.value, short.text, env), month), "month", comma + 1);
  }
  if (shift === 1 && at(t, the).text === "next") {
    const { year, month: now } = civilOf(env.now.day);
    return one(monthSpan(month > now ? year : year + 1, month), "month", end);
  }
  return yearly(t, { inYear, end }, env, "month", shift);
}

const AMBIGUOUS = new Set(["may", "march", "mar", "sep", "dec", "jan", "jun"]);
const SAYS_MONTH = new Set(
  "in of since before after until till by during from mid middle early late end start beginning this next last to between through throughout within all - the".split(
    " ",
  ),
);

/** "this week", "next month", "the weekend", "next 3 weeks", "past 2 days", "the month after next", "rest of the week". */
export function relativePeriod(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const soFarUnit = TO_DATE[at(t, i).text];
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

const TO_DATE: Record<string, Unit> = { ytd: "year", mtd: "month", wtd: "week" };

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

const spanned = (unit: Unit, shift: number, env: Env, end: number): Read<Dates> | undefined => {
  const span = unitSpan(unit, shift, env);
  return span && one(span, unit, end);
};

/** "Q3", "2016 H2", "third quarter of 2016", "4th qtr 2018", "week 10". */
export function numberedPeriod(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const lead = at(t, i).kind === "num" && at(t, i).text.length === 4 ? at(t, i).value : undefined;
  const first = lead === undefined ? i : skipMarks(t, i + 1);
  const start = after(t, first, "the") > 0 ? first + 1 : first;
  const nth = ordinal(t, start);
  const letter = at(t, start).text;
  let months = 0;
  let which = 0;
  let end = start;
  if (letter === "q" || letter === "h") {
    const figure = at(t, start + 1);
    if (figure.kind !== "num" || !figure.glued || figure.value < 1 || figure.value > (letter === "q" ? 4 : 2))
      return undefined;
    [months, which, end] = [letter === "q" ? 3 : 6, figure.value, start + 2];
  } else if (nth && unitAt(t, nth.end)?.unit === "quarter" && nth.value <= 4) {
    [months, which, end] = [3, nth.value, unitAt(t, nth.end)?.end ?? nth.end];
  } else if (nth && nth.value <= 2 && isHalfOfYear(t, after(t, nth.end, "half", "of"))) {
    [months, which, end] = [6, nth.value, nth.end + 1];
  } else return lead === undefined ? weekNumber(t, start, env) : undefined;
  const inYear = (y: number) => monthSpan(y, (which - 1) * months + 1, months);
  const unit = months === 3 ? "quarter" : "range";
  if (lead !== undefined) return one(inYear(lead), unit, end);
  const theYear = Math.max(after(t, end, "of", "the", "year"), after(t, end, "of", "year"));
  if (theYear > 0) return yearly(t, { inYear, end: theYear }, env, unit);
  const dash = after(t, end, "-") > 0 ? end + 1 : end;
  const shift = SHIFTS.get(at(t, dash).text);
  const year = after(t, dash + 1, "year");
  if (shift !== undefined && year > 0) return one(inYear(yearNow(env) + shift), unit, year);
  return yearly(t, { inYear, end: at(t, dash).kind === "num" ? dash : end }, env, unit);
}

const isHalfOfYear = (t: readonly Token[], i: number) => {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  return i > 0 && (at(t, i).kind === "num" || after(t, the, "year") > 0 || after(t, the + 1, "year") > 0);
};

const skipMarks = (t: readonly Token[], i: number) => (/^[-,/]$/.test(at(t, i).text) ? i + 1 : i);

function weekNumber(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const start = after(t, i, "week");
  const read = start > 0 ? cardinal(t, start) : undefined;
  if (!read || read.value < 1 || read.value > 53 || (at(t, start).text.length > 2 && at(t, start).kind === "num"))
    return undefined;
  const said = yearAfter(t, read.end, env);
  const from = weekOfYear(said?.value ?? yearNow(env), read.value);
  return one({ from, to: from + 7 }, "week", said?.end ?? read.end);
}

const SEASONS: Record<string, [fromMonth: number, months: number]> = {
  spring: [3, 3],
  summer: [6, 3],
  fall: [9, 3],
  autumn: [9, 3],
  winter: [12, 3],
};

/** "this summer", "summer 2016", "next winter": meteorological, three months each. */
export function season(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const named = shift === undefined ? the : the + 1;
  const { text } = at(t, named);
  const months = Object.hasOwn(SEASONS, text) ? SEASONS[text] : undefined;
  if (!months) return undefined;
  const inYear = (y: number): Span => ({ from: dayOf(y, months[0], 1), to: monthStart(y, months[0], months[1]) });
  const said = yearAfter(t, named + 1, env);
  if (said) return one(inYear(said.value), "season", said.end);
  if (shift === undefined && !/^(in|during|the|by|until|before|after|of|mid|early|late)$/.test(at(t, named - 1).text))
    return undefined;
  const span = inYear(yearNow(env) + (shift ?? 0));
  return shift !== undefined ? one(span, "season", named + 1) : yearly(t, { inYear, end: named + 1 }, env, "season");
}

/** "the week of April 10", "week commencing February 4", "w/c Feb 4", "the weekend of the 5th". */
export function weekAround(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: (i: number) => Read<Dates> | undefined,
): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  if (!/^w/.test(at(t, the).text)) return undefined;
  const short = Math.max(after(t, the, "w", "/", "c"), after(t, the, "w", "/", "b"));
  const named = Math.max(
    short,
    after(t, the, "week", "of"),
    after(t, the, "week", "commencing|beginning|starting|ending|with|containing"),
    after(t, the, "weekend", "of"),
  );
  if (named < 0) return undefined;
  const day = dates(named);
  const isWeekend = at(t, the).text === "weekend";
  if (day?.unit !== "day" || day.spans.length === 0) return undefined;
  const spans = day.spans.map(({ from }) => {
    if (isWeekend) return { from: onOrAfter(weekOf(from, 1), 6), to: onOrAfter(weekOf(from, 1), 6) + 2 };
    const start = weekOf(from, env.conv.weekStart);
    return { from: start, to: start + 7 };
  });
  return { spans, unit: isWeekend ? "weekend" : "week", end: day.end };
}
