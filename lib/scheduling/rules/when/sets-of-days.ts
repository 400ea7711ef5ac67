import type { Day } from "../civil";
import { sayList, weekdayNames } from "../speak";
import type { Conventions } from "./conventions";
import { anyWeekday, type Excluded, isDayExcluded, refusedOf, WEEKEND, weekdaysOf } from "./excluded";
import type { Found, Moment } from "./meaning";
import { findTimes } from "./read";
import { EVERY_WEEKDAY, WEEKDAYS } from "./words";

const WORKDAYS = [1, 2, 3, 4, 5];

/** "Every Monday" begins a series: that is not which days suit. */
const IS_SERIES = /\b(?:every|each|once)\b/;
/** Of what does not suit is read elsewhere, and asked where it is not understood. */
const REFUSES = /\b(?:not?|never|without|avoid|cannot)\b|n['’]t\b/;
/** Between a weekday and those it is said with: "Tuesday and Thursday mornings". */
const AND_ALSO = /^(?:,| and| or| &|, and|, or) ?$/;
/** In a set the weekday, of which the time of day stays: "Tuesday mornings" is mornings. */
const isDayWord = (word: string) =>
  WEEKDAYS.has(word) || EVERY_WEEKDAY.has(word) || /^(?:weekends?|weekdays?|workdays?)$/.test(word);

/**
 * The weekdays that were said to suit ("weekends only", "Tuesdays and Thursdays after 4"), and the same words without them. None where it is said
 * of them that they do not suit, or that something is to be repeated.
 */
export function setOfDays(
  text: string,
  now: Moment,
  conv: Conventions,
): { rest: string; weekdays: readonly number[] } | undefined {
  if (REFUSES.test(text)) return undefined;
  const said = (each: Found) => text.slice(each.start, each.end);
  const named = findTimes(text, now, { conv });
  const refused = refusedOf(text, named);
  const sets = named.filter((each) => each.kind === "set" && !refused.has(each));
  for (const each of named.toReversed()) {
    const isBeside = sets.some(({ start }) => AND_ALSO.test(text.slice(each.end, start)));
    if (each.kind === "date" && isBeside && anyWeekday(said(each)) !== undefined) sets.unshift(each);
  }
  const weekdays = sets.map((each) => (IS_SERIES.test(said(each)) ? undefined : weekdaysIn(each, said(each))));
  if (sets.length === 0 || weekdays.includes(undefined)) return undefined;
  const rest = sets.reduceRight((left, each) => {
    const time = said(each).replace(/[a-z]+/g, (word) => (isDayWord(word) ? "" : word));
    return `${left.slice(0, each.start)}${time}${left.slice(each.end)}`;
  }, text);
  return { rest: rest.trim(), weekdays: [...new Set(weekdays.flatMap((each) => each ?? []))] };
}

function weekdaysIn({ kind, repeats, ...rest }: Found, said: string): readonly number[] | undefined {
  const single = kind === "set" ? undefined : anyWeekday(said);
  if (single !== undefined) return [single];
  const days = /^P1W[DE]/.exec(repeats ?? "")?.[0] ?? repeats;
  return weekdaysOf({ kind, ...rest, ...(days ? { repeats: days } : {}) });
}

/** All the others, as what does not suit. */
export const allBut = (weekdays: readonly number[]): Excluded[] =>
  [0, 1, 2, 3, 4, 5, 6].filter((each) => !weekdays.includes(each)).map((weekday) => ({ weekday }));

/** "Weekends", "Tuesdays and Thursdays". */
export function saySet(weekdays: readonly number[]): string {
  const is = (all: readonly number[]) => all.length === weekdays.length && all.every((each) => weekdays.includes(each));
  if (is(WEEKEND)) return "weekends";
  if (is(WORKDAYS)) return "weekdays";
  const inOrder = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return sayList(
    inOrder.map((each) => `${weekdayNames[each]}s`),
    "and",
  );
}

/** The stretches of days that suit in the two weeks from the first. */
export function nextStretches({
  fromDay,
  toDay,
  excluded,
}: {
  fromDay: Day;
  toDay: Day;
  excluded: readonly Excluded[];
}): { fromDay: Day; toDay: Day }[] {
  const stretches: { fromDay: Day; toDay: Day }[] = [];
  for (let day = fromDay; day <= Math.min(toDay, fromDay + 13); day++) {
    if (isDayExcluded(excluded, day)) continue;
    const last = stretches.at(-1);
    if (last?.toDay === day - 1) last.toDay = day;
    else stretches.push({ fromDay: day, toDay: day });
  }
  return stretches;
}
