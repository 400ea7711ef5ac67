import { boundAfter } from "./bounds";
import { clock } from "./clock";
import { isCounted } from "./closed-words";
import type { DateReader } from "./dates";
import { unitAt } from "./durations";
import type { Env } from "./meaning";
import { part } from "./parts";
import type { Slots } from "./slots";
import { at, type Token } from "./tokens";

export type Reading = { dates: DateReader; env: Env; expectsTime: boolean };

const EXPECTS_TIME = new Set([
  "at",
  "around",
  "about",
  "@",
  "approximately",
  "by",
  "before",
  "after",
  "until",
  "till",
  "from",
  "past",
  "exactly",
  "roughly",
  "circa",
  "since",
  "near",
]);
export const ZONES = new Set(
  "aest aedt acst awst nzst nzdt hkt sgt jst msk eet wet akst hst est edt cst cdt mst mdt pst pdt gmt utc bst cet cest ist et pt ct mt".split(
    " ",
  ),
);

/** Whether a bare number is a time here: after "at", beside a day or a part of one. */
export function isExpected(t: readonly Token[], i: number, end: number, slots: Slots, reading: Reading): boolean {
  if (boundAfter(t, end)) return true;
  if (!isLoose(t, end)) return followsDay(t, end, reading, slots);
  const before = at(t, i - 1).text;
  const isLikeYear = at(t, i).text.length === 4 && /^(19|20)/.test(at(t, i).text);
  if (isLikeYear && !reading.expectsTime && !/^(at|@|around|about)$/.test(before)) return false;
  if (reading.expectsTime || EXPECTS_TIME.has(before) || slots.dates || slots.part) return !isDateLike(t, i, end);
  const other = at(t, end).text === "or" ? clock(t, end + 1) : undefined;
  return (other !== undefined && !other.isBare) || followsDay(t, end, reading, slots);
}

export const isDateLike = (t: readonly Token[], i: number, end: number) =>
  at(t, end).glued &&
  /^[-/]$/.test(at(t, end).text) &&
  at(t, i).kind === "num" &&
  at(t, end + 1).glued &&
  at(t, end + 1).kind === "num";

/** "9 tomorrow", "10, tonight", "7 in the evening". */
function followsDay(t: readonly Token[], end: number, { env, dates }: Reading, slots: Slots): boolean {
  let next = end;
  while (next < end + 3 && /^(,|in|the|on|at|this)$/.test(at(t, next).text)) {
    if (!slots.part && part(t, next, env.conv)) return true;
    next++;
  }
  const ofDay = slots.part ? undefined : part(t, next, env.conv);
  if (ofDay && (next > end || ofDay.day === 0)) return true;
  if (slots.dates) return false;
  const day = /^(tomorrow|today|tonight)$/.test(at(t, next).text) || at(t, end).text === "on" ? dates(next) : undefined;
  return day !== undefined && day.unit === "day";
}

const MARKS = new Set([...'".?!;:),-']);

/** Nothing follows that the number would count. */
export const isLoose = (t: readonly Token[], end: number): boolean => {
  const token = at(t, end);
  if (unitAt(t, end)) return false;
  if (token.kind === "word")
    return ZONES.has(token.text) || (!token.glued && !isCounted(t, end)) || token.text === "ish";
  return token.kind === "end" || MARKS.has(token.text);
};
