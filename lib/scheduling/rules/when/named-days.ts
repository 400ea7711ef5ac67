import { civilOf, type Day, weekdayOf } from "../civil";
import { monthStart, nthWeekday, onOrAfter, type Span, weekOf } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { SHIFTS, WEEKDAYS } from "./words";

export const oneDay = (day: Day): Span => ({ from: day, to: day + 1 });
export const days = (all: Day[], end: number, more: Partial<Dates> = {}): Read<Dates> => ({
  spans: [...new Set(all)].sort((a, b) => a - b).map(oneDay),
  unit: "day",
  end,
  ...more,
});

const WORDS: Record<string, number> = {
  today: 0,
  todays: 0,
  tomorrow: 1,
  tomorow: 1,
  tommorow: 1,
  tommorrow: 1,
  tomorrows: 1,
  tmrw: 1,
  tmr: 1,
  tmw: 1,
  yesterday: -1,
  yesterdays: -1,
};

const DAY_STARTS = new Set("the day next following previous last past this same that current".split(" "));

/** "today", "tomorrow", "the day after tomorrow", "same day". */
export function relativeDay(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const { text } = at(t, i);
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word === undefined && !DAY_STARTS.has(text)) return undefined;
  const { day } = env.now;
  if (word !== undefined)
    return days([day + word + (after(t, i + 1, "week") > 0 ? 7 : 0)], Math.max(i + 1, after(t, i + 1, "week")));
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const next = after(t, the, "day", "after", "tomorrow|tomorow|tmr|tmrw|next");
  if (next > 0) return days([day + 2], next);
  const before = after(t, the, "day", "before", "yesterday");
  if (before > 0) return days([day - 2], before);
  const following = Math.max(after(t, the, "next|following", "day"), the > i ? after(t, the, "day", "after") : -1);
  const isAfterTomorrow = [1, 2, 3, 4].some((back) => at(t, i - back).text === "tomorrow");
  if (following > 0) return days([day + (isAfterTomorrow ? 2 : 1)], following);
  const previous = Math.max(after(t, the, "previous|last|past", "day"), the > i ? after(t, the, "day", "before") : -1);
  if (previous > 0) return days([day - 1], previous);
  const same = after(t, i, "this|same|that|the|current", "day|date");
  if (same > 0 && at(t, i).text !== "the") return days([day], same);
  const sameDay = after(t, i, "the", "same", "day");
  return sameDay > 0 ? days([day], sameDay) : undefined;
}

const WEEK_FILLERS = new Set([
  "how",
  "about",
  "possibly",
  "ideally",
  "from",
  ",",
  "-",
  "on",
  "maybe",
  "say",
  "preferably",
  "perhaps",
  "probably",
  "the",
  "of",
]);

/** "Tuesday", "this Tuesday", "next Tuesday", "Tuesday next week", "next week, on Tuesday", "Tuesday week", "a week on Tuesday". */
export function weekdayName(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const { day } = env.now;
  const weekday = WEEKDAYS.get(at(t, i).text);
  const monday = weekOf(day, env.conv.weekStart);
  const inWeek = (week: number, wanted: number) => onOrAfter(monday + week * 7, wanted);
  if (isOtherWord(t, i)) return undefined;
  if (weekday === undefined) return afterModifier(t, i, env, inWeek);
  const end = at(t, i + 1).text === "." && at(t, i + 1).glued && at(t, i).text.length < 5 ? i + 2 : i + 1;
  const later = Math.max(after(t, end, "week"), after(t, end, "after", "next"));
  if (later > 0) return days([onOrAfter(day + 1, weekday) + 7], later);
  const in_ = skipFew(t, end, WEEK_FILLERS, 2);
  const shift = SHIFTS.get(at(t, in_).text);
  const week = after(t, in_ + 1, "week|weeks");
  if (shift !== undefined && week > 0) return days([inWeek(shift, weekday)], week, { ofWeek: true });
  const shared = weekAfterOthers(t, end);
  if (shared !== undefined) return days([inWeek(shared, weekday)], end, { ofWeek: true });
  const ahead = onOrAfter(day, weekday);
  const { sameWeekday } = env.conv;
  if (ahead !== day || sameWeekday === "today") return days([ahead], end, { weekday });
  return days(sameWeekday === "both" ? [day, day + 7] : [day + 7], end, { weekday });
}

/** "Tuesday, Wednesday or Thursday next week": the week of the last is that of all. */
function weekAfterOthers(t: readonly Token[], i: number): number | undefined {
  let next = i;
  for (let n = 0; n < 4; n++) {
    const joined = Math.max(after(t, next, ",", "or|and"), after(t, next, "or|and|,"));
    if (joined < 0 || !WEEKDAYS.has(at(t, joined).text)) return undefined;
    next = joined + 1;
    const of = after(t, next, "of") > 0 ? next + 1 : next;
    const shift = SHIFTS.get(at(t, of).text);
    if (shift !== undefined && after(t, of + 1, "week") > 0) return shift;
  }
  return undefined;
}

/** "The sun", "we sat down", "a mon ami", "wed her": short names of weekdays that are words as well. */
function isOtherWord(t: readonly Token[], i: number): boolean {
  const [before, next] = [at(t, i - 1).text, at(t, i + 1).text];
  switch (at(t, i).text) {
    case "sun":
      return before === "the";
    case "sat":
      return (
        /^(i|we|us|he|she|they|people|and|who)$/.test(before) ||
        /^(down|up|here|there|together|(in|out)(doors|side))$/.test(next)
      );
    case "wed":
      return /^(her|him|me|them|us|to)$/.test(next) || before === "to";
    case "mon":
      return before === "a";
    default:
      return false;
  }
}

export function skipFew(t: readonly Token[], i: number, words: ReadonlySet<string>, most: number): number {
  let end = i;
  while (end < i + most && words.has(at(t, end).text)) end++;
  return end;
}

function afterModifier(
  t: readonly Token[],
  i: number,
  env: Env,
  inWeek: (week: number, wanted: number) => Day,
): Read<Dates> | undefined {
  const { day } = env.now;
  const onIt = after(t, i, "a|one", "week", "on");
  const onDay = onIt > 0 ? WEEKDAYS.get(at(t, onIt).text) : undefined;
  if (onDay !== undefined) return days([onOrAfter(day + 1, onDay) + 7], onIt + 1);
  const start = after(t, i, "the") > 0 ? i + 1 : i;
  const word = at(t, start).text;
  const shift = SHIFTS.get(word);
  if (shift === undefined) return undefined;
  const double = word === "this" ? after(t, start + 1, "coming|upcoming|past") : -1;
  const named = double > 0 ? double : start + 1;
  const weekday = WEEKDAYS.get(at(t, named).text);
  if (weekday !== undefined) {
    const isPast = shift < 0 || at(t, named - 1).text === "past";
    if (isPast)
      return days([at(t, named - 1).text === "past" ? onOrAfter(day - 7, weekday) : inWeek(-1, weekday)], named + 1);
    if (word !== "this" && word !== "next" && word !== "following" && word !== "current")
      return days([onOrAfter(day + 1, weekday)], named + 1, { weekday });
    if (double > 0) return days([onOrAfter(day + 1, weekday)], named + 1);
    if (shift === 0)
      return days([env.conv.nextWeekday === "next_week" ? inWeek(0, weekday) : onOrAfter(day, weekday)], named + 1);
    return days(nextOnes(env, weekday, inWeek(1, weekday)), named + 1);
  }
  const week = after(t, named, "week|weeks");
  if (week < 0) return undefined;
  const filled = skipFew(t, week, WEEK_FILLERS, 5);
  const within = WEEKDAYS.get(at(t, filled).text);
  return within === undefined ? undefined : days([inWeek(shift, within)], filled + 1);
}

/** People divide on whether the coming one is meant, and on whether weeks start on Sunday: to be asked, every reading counts. */
function nextOnes(env: Env, weekday: number, inNextWeek: Day): Day[] {
  const { day } = env.now;
  const first = onOrAfter(day + 1, weekday);
  if (env.conv.nextWeekday === "coming") return [first];
  if (env.conv.nextWeekday === "next_week") return [inNextWeek];
  const inSundayWeek = day - weekdayOf(day) + 7 + weekday;
  return [first, inNextWeek, inSundayWeek];
}

/** "third Tuesday": of the month we are in, or of the next when that has passed. */
export function weekdayInMonth(env: Env, weekday: number, nth: number): Day | undefined {
  const { year, month } = civilOf(env.now.day);
  for (const ahead of [0, 1]) {
    const span = { from: monthStart(year, month, ahead), to: monthStart(year, month, ahead + 1) };
    const day = nthWeekday(span, weekday, nth);
    if (day !== undefined && (day >= env.now.day || env.conv.unsaidMonth === "present")) return day;
  }
  return undefined;
}
