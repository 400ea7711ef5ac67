import { civilOf } from "../civil";
import { addMonths, monthStart, onOrAfter, realDay, type Span, weekOf } from "./calendar";
import type { DateReader } from "./dates";
import { dayNumber } from "./days-of-month";
import type { Dates, Env } from "./meaning";
import { oneDay } from "./named-days";
import { cardinal, ordinal, type Read, year } from "./numbers";
import { after, at, type Token } from "./tokens";
import { MONTHS } from "./words";
import { yearAfter, yearNow } from "./year-words";

/** One end of a range: a date, or the day of a month that the other end names. */
type End = Read<{ dates?: Dates; bare?: number; isWhole?: boolean }>;

const TO = new Set(["to", "until", "till", "til", "through", "thru", "-", "untill"]);

/** "from the 3rd to the 5th of May", "November 19-20", "between March and June", "Monday to Wednesday", "4 to 23 next month". */
export function dateRange(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const inMonth = monthBefore(t, i, env, dates) ?? monthAfter(t, i, env, dates);
  if (inMonth) return inMonth;
  if (at(t, i).glued && at(t, i - 1).text === "-") return undefined;
  const between = after(t, i, "between");
  const from = after(t, i, "from");
  const start = between > 0 ? between : from > 0 ? from : i;
  const a = endAt(t, start, env, dates);
  if (!a) return undefined;
  const join = at(t, a.end).text;
  const comma = join === "," && TO.has(at(t, a.end + 1).text) ? a.end + 1 : a.end;
  if (!TO.has(at(t, comma).text) && !(between > 0 && /^(and|through)$/.test(join))) return undefined;
  const b = endAt(t, comma + 1, env, dates);
  if (!b || (a.dates === undefined && b.dates === undefined)) return undefined;
  const isHour = at(t, comma - 1).text === "now" && b.bare !== undefined && at(t, b.end - 1).kind === "num";
  if (isHour) return undefined;
  if (a.dates?.moment || b.dates?.moment) return undefined;
  const span = joined(a, b, env);
  if (!span) return undefined;
  return inWeek(t, { span, end: b.end }, a, env, dates) ?? { spans: [span], unit: "range", end: b.end };
}

/** "Monday to Wednesday next week". */
function inWeek(
  t: readonly Token[],
  read: Read<{ span: Span }>,
  a: End,
  env: Env,
  dates: DateReader,
): Read<Dates> | undefined {
  if (a.dates?.weekday === undefined) return undefined;
  const next = /^(of|,|in)$/.test(at(t, read.end).text) ? read.end + 1 : read.end;
  const week = dates(next);
  const monday = week?.unit === "week" ? week.spans[0] : undefined;
  if (!week || !monday) return undefined;
  const from = onOrAfter(weekOf(monday.from, env.conv.weekStart), a.dates.weekday);
  return { spans: [{ from, to: from + (read.span.to - read.span.from) }], unit: "range", end: week.end };
}

function endAt(t: readonly Token[], i: number, env: Env, dates: DateReader): End | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const read = dates(i);
  if (read && read.spans.length > 0) return { dates: read, isWhole: isEnd(t, i), end: read.end };
  const now = after(t, i, "now");
  if (now > 0) return { dates: { spans: [oneDay(env.now.day)], unit: "day" }, end: now };
  const said = year(t, i);
  if (said)
    return {
      dates: {
        spans: [{ from: realDay(said.value, 1, 1) ?? 0, to: realDay(said.value + 1, 1, 1) ?? 0 }],
        unit: "year",
      },
      end: said.end,
    };
  const number =
    ordinal(t, the) ?? (at(t, the).kind === "num" && at(t, the).text.length <= 2 ? cardinal(t, the) : undefined);
  if (!number || number.value < 1 || number.value > 31) return undefined;
  const whole = dates(after(t, number.end, "of") > 0 ? number.end + 1 : number.end);
  const span = whole?.unit === "month" ? whole.spans[0] : undefined;
  if (whole && span) return { dates: { spans: [oneDay(span.from + number.value - 1)], unit: "day" }, end: whole.end };
  return { bare: number.value, end: number.end };
}

const bareAt = (t: readonly Token[], i: number): End | undefined => {
  const read = dayNumber(t, after(t, i, "the") > 0 ? i + 1 : i);
  return read && { bare: read.value, end: read.end };
};

const isEnd = (t: readonly Token[], i: number) => after(t, after(t, i, "the") > 0 ? i + 1 : i, "end") > 0;

/** "November between 19 and 20", "april from 3 to 9", "next week between Monday and Wednesday". */
function monthBefore(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const week = /^(last|next|this)$/.test(at(t, i).text) ? dates(i) : undefined;
  if (week?.unit === "week" && after(t, week.end, "between|from") > 0) {
    const a = endAt(t, week.end + 1, env, dates);
    const range = a?.dates?.weekday === undefined ? undefined : dateRange(t, week.end, env, dates);
    const [span, monday] = [range?.spans[0], week.spans[0]];
    if (!range || !span || !monday || a?.dates?.weekday === undefined) return undefined;
    const from = onOrAfter(monday.from, a.dates.weekday);
    return { spans: [{ from, to: from + (span.to - span.from) }], unit: "range", end: range.end };
  }
  if (!MONTHS.has(at(t, i).text) || after(t, i + 1, "between|from") < 0) return undefined;
  const month = dates(i);
  const a = bareAt(t, i + 2);
  const b = a && (TO.has(at(t, a.end).text) || at(t, a.end).text === "and") ? bareAt(t, a.end + 1) : undefined;
  const said = b && yearAfter(t, b.end, env);
  const span = (said && month?.inYear?.(said.value)) ?? month?.spans[0];
  if (!span || a?.bare === undefined || b?.bare === undefined) return undefined;
  const range = { from: span.from + a.bare - 1, to: span.from + b.bare - (env.conv.rangeEnd === "included" ? 0 : 1) };
  return range.from < range.to && range.to <= span.to
    ? { spans: [range], unit: "range", end: said?.end ?? b.end }
    : undefined;
}

/** "4 to 23 next month", "from 4-23 in March", "1-8 September 2019". */
function monthAfter(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const lead = after(t, i, "from|between|the");
  const start = lead > 0 ? (after(t, lead, "the") > 0 ? lead + 1 : lead) : i;
  const a = dayNumber(t, start);
  if (!a || !(TO.has(at(t, a.end).text) || at(t, a.end).text === "and")) return undefined;
  const b = dayNumber(t, after(t, a.end + 1, "the") > 0 ? a.end + 2 : a.end + 1);
  if (!b) return undefined;
  const month = dates(after(t, b.end, "of|in") > 0 ? b.end + 1 : b.end);
  const span = month?.unit === "month" ? month.spans[0] : undefined;
  if (!month || !span) return undefined;
  const from = b.value < a.value ? addMonths(span.from, -1) + a.value - 1 : span.from + a.value - 1;
  const range = { from, to: span.from + b.value - (env.conv.rangeEnd === "included" ? 0 : 1) };
  return range.from < range.to && range.to <= span.to ? { spans: [range], unit: "range", end: month.end } : undefined;
}

function joined(a: End, b: End, env: Env): Span | undefined {
  if (a.bare !== undefined && b.dates?.unit !== "day") return undefined;
  if (b.bare !== undefined && a.dates?.unit !== "day") return undefined;
  const [first, last] = [spanOf(a, b, env), b];
  if (!first) return undefined;
  const second = endAfter(first, last, a.dates?.inYear !== undefined);
  if (!second) return undefined;
  const from = a.dates?.inYear && second.from < first.from ? earlier(a.dates.inYear, second, env) : first;
  if (!from || from.from >= second.to) return undefined;
  const isIncluded = env.conv.rangeEnd === "included" || b.isWhole;
  return { from: from.from, to: isIncluded ? second.to : Math.max(second.from, from.from) };
}

function spanOf(a: End, b: End, env: Env): Span | undefined {
  const isDated = b.dates?.unit === "day" && b.dates.dayOfMonth === undefined && b.dates.weekday === undefined;
  const bare = a.bare ?? (isDated ? a.dates?.dayOfMonth : undefined);
  if (bare !== undefined) {
    const other = b.dates?.spans[0];
    if (!other) return undefined;
    const { year: y, month } = civilOf(bare > civilOf(other.from).dayOfMonth ? addMonths(other.from, -1) : other.from);
    const day = realDay(y, month, bare);
    return day === undefined ? undefined : oneDay(day);
  }
  const { dates } = a;
  const last = b.dates?.ofWeek ? b.dates.spans[0] : undefined;
  if (dates?.weekday !== undefined && last) return oneDay(onOrAfter(last.from - 6, dates.weekday));
  const fixedEnd =
    b.dates && !b.dates.inYear && b.dates.weekday === undefined && b.dates.dayOfMonth === undefined
      ? b.dates.spans[0]
      : undefined;
  if (dates?.inYear && fixedEnd) return earlier(dates.inYear, fixedEnd, env);
  return dates?.spans[0];
}

/** The latest of what happens every year that begins before something ends. */
function earlier(inYear: (y: number) => Span | undefined, before: Span, env: Env): Span | undefined {
  const last = before.to === Number.POSITIVE_INFINITY ? yearNow(env) : civilOf(before.to).year;
  for (let y = last; y > last - 9; y--) {
    const span = inYear(y);
    if (span && span.from < before.to) return span;
  }
  return undefined;
}

/** The other end: the first of its kind that follows; where neither end names a year, the coming one, for we may be in between. */
function endAfter(first: Span, b: End, isYearOpen: boolean): Span | undefined {
  const day = b.bare ?? b.dates?.dayOfMonth;
  if (day !== undefined) {
    const { year: y, month } = civilOf(first.from);
    for (const ahead of [0, 1, 2]) {
      const found = monthStart(y, month, ahead) + day - 1;
      if (found > first.from && found < monthStart(y, month, ahead + 1)) return oneDay(found);
    }
    return undefined;
  }
  const { dates } = b;
  if (!dates) return undefined;
  if (dates.weekday !== undefined) return oneDay(onOrAfter(first.from + 1, dates.weekday));
  const span = dates.spans[0];
  if (!dates.inYear || isYearOpen || (span && span.from >= first.from)) return span;
  for (const y of [civilOf(first.from).year, civilOf(first.from).year + 1]) {
    const next = dates.inYear(y);
    if (next && next.from >= first.from) return next;
  }
  return span;
}
