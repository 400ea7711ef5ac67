import { civilOf, type Day, weekdayOf } from "../civil";
import { monthStart, onOrAfter, realDay } from "./calendar";
import { clock } from "./clock";
import { isCounted } from "./closed-words";
import { unitAt } from "./durations";
import type { Dates, Env } from "./meaning";
import { days, oneDay, skipFew } from "./named-days";
import { isPartOfNumber, ordinal, type Read, type ReadNumber } from "./numbers";
import { part } from "./parts";
import { after, at, type Token } from "./tokens";
import { MONTHS, monthAt, PARTS, SHIFTS, WEEKDAYS } from "./words";
import { yearly } from "./year-words";

/** A day of a month, in figures or said; no time of day ("5 pm", "5:30"). */
export function dayNumber(t: readonly Token[], i: number): Read<{ value: number; isOrdinal: boolean }> | undefined {
  const nth = ordinal(t, i);
  if (nth) return nth.value >= 1 && nth.value <= 31 ? { ...nth, isOrdinal: true } : undefined;
  const token = at(t, i);
  if (token.kind !== "num" || token.text.length > 2 || token.value < 1 || token.value > 31) return undefined;
  const next = at(t, i + 1);
  if (next.text === ":" && next.glued && at(t, i + 2).kind === "num") return undefined;
  if (isPartOfNumber(t, i) || (unitAt(t, i + 1)?.unit !== undefined && at(t, i + 1).text !== "day")) return undefined;
  if (next.glued && next.kind === "word" && !MONTHS.has(next.text)) return undefined;
  if (/^(am|pm|a|p|h|oclock)$/.test(next.text) && !(next.text === "a" && !next.glued)) return undefined;
  return { value: token.value, isOrdinal: false, end: i + 1 };
}

const dash = (t: readonly Token[], i: number) => (/^[-/,.]$/.test(at(t, i).text) ? i + 1 : i);

/** "march 10th", "10th of march 2019", "Tuesday the 24th", "the 10th", "14th of next month", "the 21st this month". */
export function dayOfMonth(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const shown = monthThenOrdinal(t, i, env);
  if (shown) return shown;
  const first = SHIFTS.has(at(t, i).text) && WEEKDAYS.has(at(t, i + 1).text) ? i + 1 : i;
  const named = WEEKDAYS.get(at(t, first).text);
  let start = i;
  if (named !== undefined) {
    start = skipFew(t, dash(t, first + 1), new Set(["the", ",", "-", "on"]), 2);
    if (after(t, i, "second") > 0) return undefined;
  } else if (after(t, i, "the") > 0) start = i + 1;
  const dated = monthThenDay(t, start) ?? dayThenMonth(t, start);
  if (dated) {
    const { month, value } = dated;
    const inYear = (y: number) => {
      const day = realDay(y, month, value);
      return day === undefined ? undefined : oneDay(day);
    };
    const read = yearly(t, { inYear, end: dated.end }, env, "day");
    return read && agreeing(read, named, env);
  }
  const before = at(t, start - 1).text;
  const isThe = (start > i && before === "the") || (before === "on" && at(t, start).kind === "num");
  return inSomeMonth(t, start, env, named, isThe);
}

/** "next month on the 5th". */
function monthThenOrdinal(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const shift = SHIFTS.get(at(t, i).text);
  const end = after(t, i + 1, "month");
  if (shift === undefined || end < 0) return undefined;
  const start = skipFew(t, end, new Set(["on", ",", "the", "for"]), 3);
  const read = dayNumber(t, start);
  if (!read?.isOrdinal || !/^(on|the)$/.test(at(t, start - 1).text)) return undefined;
  const { year, month } = civilOf(env.now.day);
  const day = monthStart(year, month, shift) + read.value - 1;
  return day < monthStart(year, month, shift + 1) ? days([day], read.end) : undefined;
}

function monthThenDay(t: readonly Token[], i: number): Read<{ month: number; value: number }> | undefined {
  const month = monthAt(t, i);
  if (month === undefined) return undefined;
  const next = dash(t, i + 1);
  const day = after(t, next, "the") > 0 ? next + 1 : next;
  const read = dayNumber(t, day) ?? spokenAlone(t, day);
  const isThe = day > next && at(t, i).text === "may";
  return isThe && isCounted(t, read?.end ?? day) ? undefined : read && { month, value: read.value, end: read.end };
}

function dayThenMonth(t: readonly Token[], i: number): Read<{ month: number; value: number }> | undefined {
  const read = dayNumber(t, i) ?? spokenDay(t, i);
  if (!read) return undefined;
  const ofDay = after(t, read.end, "day") > 0 ? read.end + 1 : read.end;
  const joined = after(t, ofDay, "of|in");
  const next = joined > 0 ? joined : dash(t, ofDay);
  const month = monthAt(t, next);
  return month === undefined ? undefined : { month, value: read.value, end: next + 1 };
}

/** "march twenty three", but "march ten thirty" and "march three pm" are times. */
function spokenAlone(t: readonly Token[], i: number): ReadNumber | undefined {
  const read = spokenDay(t, i);
  return read && !/^(am|pm|a|p|oclock|o|thirty|fifteen|forty|fifty|oh)$/.test(at(t, read.end).text) ? read : undefined;
}

/** "fifteen August", "the twenty three of March". */
function spokenDay(t: readonly Token[], i: number): ReadNumber | undefined {
  const ones = SPOKEN.get(at(t, i).text);
  if (ones === undefined) return undefined;
  const unit = ones >= 20 ? SPOKEN.get(at(t, at(t, i + 1).text === "-" ? i + 2 : i + 1).text) : undefined;
  if (unit !== undefined && unit < 10 && ones + unit <= 31)
    return { value: ones + unit, end: (at(t, i + 1).text === "-" ? i + 2 : i + 1) + 1 };
  return { value: ones, end: i + 1 };
}
const SPOKEN = new Map(
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, n): [string, number] => [word, n + 1]),
).set("thirty", 30);

/** The tenth of a month that was not named, or was by "this" or "next". A bare number needs "the" or a weekday before it. */
function inSomeMonth(
  t: readonly Token[],
  i: number,
  env: Env,
  named: number | undefined,
  isThe: boolean,
): Read<Dates> | undefined {
  const read = dayNumber(t, i) ?? (isThe && named !== undefined ? spokenDay(t, i) : undefined);
  if (!read) return undefined;
  const isOrdinal = !("isOrdinal" in read) || read.isOrdinal === true;
  if (named !== undefined && !isThe && at(t, i).kind === "word" && isOfSomething(t, read.end)) return undefined;
  const isOfMonth = after(t, read.end, "of|in", "this|next|the", "month") > 0;
  if (!isOrdinal && !isThe && named === undefined && !isOfMonth) return undefined;
  const beyond = at(t, read.end);
  if (!isOrdinal && named !== undefined && isTimeOfDay(t, read.end, env)) return undefined;
  if (!isOrdinal && beyond.glued && /^[-/:]$/.test(beyond.text)) return undefined;
  const { value, end } = read;
  const { year, month } = civilOf(env.now.day);
  const ofDay = after(t, end, "day") > 0 ? end + 1 : end;
  const next = skipFew(t, ofDay, new Set(["of", "in", "the"]), 2);
  const shift = SHIFTS.get(at(t, next).text) ?? (at(t, next - 1).text === "the" && next > ofDay ? 0 : undefined);
  const saysThe = at(t, next).text === "month" ? next + 1 : -1;
  const month_ = saysThe > 0 ? saysThe : after(t, next + 1, "month");
  if (shift !== undefined && month_ > 0) {
    const coming = saysThe > 0 ? firstInMonths(env, value, undefined) : undefined;
    if (coming !== undefined) return agreeing(days([coming], month_), named, env);
    const from = monthStart(year, month, shift);
    const day = from + value - 1;
    return civilOf(day).month === civilOf(from).month ? agreeing(days([day], month_), named, env) : undefined;
  }
  if (!isThe && named === undefined && (!isPlainOrdinal(t, i) || isOfSomething(t, end))) return undefined;
  if (isThe && isOfSomething(t, end)) return undefined;
  const isPresent = env.conv.unsaidMonth === "present" && named !== undefined && (isOrdinal || isThe);
  const found = firstInMonths(env, value, named, isPresent);
  if (found === undefined) return undefined;
  if (named === undefined || env.conv.weekdayMismatch === "date") return days([found], end, { dayOfMonth: value });
  const plain = firstInMonths(env, value, undefined) ?? found;
  return plain === found ? days([found], end) : agreeing(days([plain], end), named, env);
}

/** "Sunday 8 in the evening", "Monday 10 to 11:30 am": the number before it is an hour. */
function isTimeOfDay(t: readonly Token[], i: number, env: Env): boolean {
  if (part(t, i, env.conv)) return true;
  const until = /^(to|-|until|till)$/.test(at(t, i).text) ? clock(t, i + 1) : undefined;
  return until !== undefined && !until.isBare;
}

/** "10th", "twentieth", "on the first", but not "First, …" nor "a fifth". */
const isPlainOrdinal = (t: readonly Token[], i: number) =>
  !/^(a|an|another|one)$/.test(at(t, i - 1).text) && (at(t, i).kind === "num" || /th$|y$/.test(at(t, i).text));

/** "the 3rd floor", "the first available", "the 25th anniversary": an ordinal that counts something else. */
const isOfSomething = (t: readonly Token[], i: number): boolean => {
  const { text } = at(t, i);
  if (text === "of") return true;
  if (/^(half|quarter)$/.test(text)) return after(t, i + 1, "past|to|after|before") < 0;
  return text !== "day" && ![MONTHS, WEEKDAYS, PARTS].some((all) => all.has(text)) && isCounted(t, i);
};

function firstInMonths(env: Env, value: number, weekday: number | undefined, isPresent = false): Day | undefined {
  const { year, month } = civilOf(env.now.day);
  for (let ahead = 0; ahead < (weekday === undefined ? 12 : 60); ahead++) {
    const from = monthStart(year, month, ahead);
    const day = from + value - 1;
    if ((day < env.now.day && !isPresent) || day >= monthStart(year, month, ahead + 1)) continue;
    if (weekday === undefined || weekdayOf(day) === weekday) return day;
  }
  return undefined;
}

/** A weekday said with a date it does not fall on: that date just passed, or the date, or that weekday near it, to be asked. */
function agreeing(read: Read<Dates>, weekday: number | undefined, env: Env): Read<Dates> {
  const day = read.spans[0]?.from;
  if (weekday === undefined || day === undefined || weekdayOf(day) === weekday) return read;
  const last = read.inYear?.(civilOf(env.now.day).year)?.from;
  if (last !== undefined && last < env.now.day && last > env.now.day - 15 && weekdayOf(last) === weekday)
    return days([last], read.end);
  if (env.conv.weekdayMismatch === "date") return read;
  const near = onOrAfter(day - 3, weekday);
  return days([near < env.now.day ? near + 7 : near, day], read.end);
}
