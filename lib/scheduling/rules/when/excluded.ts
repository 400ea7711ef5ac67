import { civilOf, type Day, weekdayOf } from "../civil";
import { sayDay, sayList, sayMinute, weekdayNames } from "../speak";
import type { MinuteWindow } from "./conventions";
import type { Found } from "./meaning";
import { EVERY_WEEKDAY, WEEKDAYS } from "./words";

/**
 * What was said only to say that it does not suit: a weekday, a day of whatever month is spoken of, or days (both included); with a window only
 * that time of them. Of none of these it is that time of every day.
 */
export type Excluded = {
  weekday?: number;
  dayOfMonth?: number;
  days?: { fromDay: Day; toDay: Day };
  window?: MinuteWindow;
};

/** Right before what does not suit. */
const REFUSES =
  /(?:\bnot|\bexcept(?: for)?|\bexcluding|\bother than|\bapart from|\banything but|\bbesides|\bany ?(?:day|time|morning|afternoon|evening) but|\bca(?:n['’]?t|nnot|n not) (?:do|make|manage|come|make it))(?: on| the| in| at| for)?(?: an?)? ?$/;
/** Right after it. */
const IS_REFUSED =
  /^ (?:does ?n[o'’]?t|doesn['’]?t|do ?n[o'’]?t|wo ?n['’]?t|will not|is ?n[o'’]?t|are ?n[o'’]?t|is no) (?:\w+ )?(?:work|suit|good|do\b|possible|great|ideal)/;
/** Between one and the next: "except Monday or Tuesday". A comma alone may as well correct ("not Monday, Tuesday"). */
const AND_ALSO = /^,? (?:or|and|nor)(?: on| the| in)?(?: the)? ?$/;

/** Those of what was found that do not suit. */
export function refusedOf(text: string, found: readonly Found[]): Set<Found> {
  const refused = new Set<Found>();
  const isJoined = (a: Found | undefined, b: Found) => a !== undefined && AND_ALSO.test(text.slice(a.end, b.start));
  for (const [n, each] of found.entries()) {
    const before = found[n - 1];
    const isBefore = before !== undefined && refused.has(before) && isJoined(before, each);
    if (isBefore || REFUSES.test(text.slice(0, Math.max(0, each.start))) || IS_REFUSED.test(text.slice(each.end)))
      refused.add(each);
  }
  for (let n = found.length - 1; n > 0; n--) {
    const [before, each] = [found[n - 1], found[n]];
    if (each && before && IS_REFUSED.test(text.slice(each.end)) && isJoined(before, each)) refused.add(before);
  }
  return refused;
}

const LEAVES_OUT = /\b(?:except(?: for)?|excluding|other than|apart from|anything but|but not)\b/g;
/** Words for days and times after it; others leave out something else ("anyone except Ben"). */
const OF_TIME = /^(?: \w+){0,3}? (?:weeks?|days?|months?|half|hours?|times?|mornings?|afternoons?|evenings?|dates?)\b/;

/** Whether something was left out in words for days and times of which none was understood: passed over it would be offered all the same. */
export function leavesOutUnread(text: string, refused: ReadonlySet<Found>): boolean {
  return [...text.matchAll(LEAVES_OUT)].some(({ index, 0: said }) => {
    const end = index + said.length;
    const isRead = [...refused].some((each) => each.start >= end && each.start <= end + 12);
    return !isRead && OF_TIME.test(text.slice(end));
  });
}

/** The weekdays a found repetition names, whatever time of them; undefined for what repeats otherwise. */
export function weekdaysOf({ repeats }: Found): readonly number[] | undefined {
  if (repeats === "P1WD") return [1, 2, 3, 4, 5];
  if (repeats === "P1WE" || repeats === "XXXX-WXX-WE") return WEEKEND;
  const iso = /^XXXX-WXX-([1-7])(?:T|$)/.exec(repeats ?? "")?.[1];
  return iso === undefined ? undefined : [Number(iso) % 7];
}

export const WEEKEND: readonly number[] = [6, 0];

/** "Monday", "Friday morning": each of them. "Monday the 25th", "next Monday" are single days. */
export function anyWeekday(said: string): number | undefined {
  const [word = "", ...rest] = said.replace(/^(?:on |an? |any )+/, "").split(/[ ,]+/);
  const weekday = WEEKDAYS.get(word) ?? EVERY_WEEKDAY.get(word);
  return rest.some((each) => /^(?:\d+(?:st|nd|rd|th)?|the|of|next|this|week|after)$/.test(each)) ? undefined : weekday;
}

/** "The 24th", said alone. */
export function anyDayOfMonth(said: string): number | undefined {
  const day = /^(?:on )?(?:the )?(\d\d?)(?:st|nd|rd|th)$/.exec(said)?.[1];
  return day === undefined ? undefined : Number(day);
}

/** Whether a day is one of those meant. */
export const isOn = ({ weekday, dayOfMonth, days }: Excluded, day: Day): boolean =>
  (weekday === undefined || weekdayOf(day) === weekday) &&
  (dayOfMonth === undefined || civilOf(day).dayOfMonth === dayOfMonth) &&
  (days === undefined || (day >= days.fromDay && day <= days.toDay));

/** Whether nothing of a day suits. */
export const isDayExcluded = (excluded: readonly Excluded[], day: Day): boolean =>
  excluded.some((each) => each.window === undefined && isOn(each, day));

/** Whether a start at a minute of a day does not suit. */
export const isExcluded = (excluded: readonly Excluded[], day: Day, minute: number): boolean =>
  excluded.some(
    (each) =>
      isOn(each, day) &&
      (each.window === undefined || (minute >= each.window.fromMinute && minute < each.window.toMinute)),
  );

/** "Fridays", "the 24th", "Monday the 23rd before 12 noon". */
export function sayExcluded(excluded: readonly Excluded[], today: Day): string {
  return sayList(
    excluded.map((each) => [sayDaysOf(each, today), each.window && sayWindow(each.window)].filter(Boolean).join(" ")),
    "and",
  );
}

function sayDaysOf({ weekday, dayOfMonth, days }: Excluded, today: Day): string {
  if (weekday !== undefined) return `${weekdayNames[weekday]}s`;
  if (dayOfMonth !== undefined) return `day ${dayOfMonth}`;
  if (!days) return "";
  const first = sayDay(days.fromDay, today);
  return days.fromDay === days.toDay ? first : `${first} to ${sayDay(days.toDay, today)}`;
}

/** A time of day as a bound of it: "from 2 in the afternoon", "before 12 noon", "at 3 in the afternoon"; of the whole day nothing. */
export function sayWindow({ fromMinute, toMinute }: MinuteWindow): string {
  if (fromMinute === 0 && toMinute === 1440) return "";
  if (toMinute === fromMinute + 1) return `at ${sayMinute(fromMinute)}`;
  if (toMinute === 1440) return `from ${sayMinute(fromMinute)}`;
  if (fromMinute === 0) return `before ${sayMinute(toMinute)}`;
  return `between ${sayMinute(fromMinute)} and ${sayMinute(toMinute)}`;
}
