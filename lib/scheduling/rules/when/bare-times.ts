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
  "between",
  "exactly",
  "roughly",
  "circa",
  "to",
  "than",
  "<",
  ">",
  "=",
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
  if (!isLoose(t, end)) return followsDay(t, end, reading, slots);
  const before = at(t, i - 1).text;
  if (at(t, i).text.length === 4 && /^(19|20)/.test(at(t, i).text) && !/^(at|@|around|about)$/.test(before))
    return false;
  if (reading.expectsTime || EXPECTS_TIME.has(before) || slots.dates || slots.part) return !isDateLike(t, i, end);
  return followsDay(t, end, reading, slots);
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
  if (!slots.part && next > end && part(t, next, env.conv)) return true;
  if (slots.dates) return false;
  const day = /^(tomorrow|today|tonight)$/.test(at(t, next).text) || at(t, end).text === "on" ? dates(next) : undefined;
  return day !== undefined && day.unit === "day";
}

const LOOSE = new Set(
  ". ? ! ; : ) , - and at on in the to or if for please works work would will is until till with this around ish tomorrow today tonight before after from between thanks by next".split(
    " ",
  ),
);

/** Nothing follows that the number would count. */
export const isLoose = (t: readonly Token[], end: number): boolean => {
  const token = at(t, end);
  if (unitAt(t, end)) return false;
  return token.kind === "end" || LOOSE.has(token.text) || ZONES.has(token.text);
};
