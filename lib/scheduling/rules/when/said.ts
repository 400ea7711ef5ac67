import type { Day } from "../civil";
import { DAY } from "./compose";
import { type Conventions, callersOf, type MinuteWindow } from "./conventions";
import { anyDayOfMonth, anyWeekday, type Excluded, leavesOutUnread, refusedOf, WEEKEND, weekdaysOf } from "./excluded";
import { impossibleDate } from "./impossible";
import type { Found, Moment, Reading } from "./meaning";
import { findTimes } from "./read";
import { allBut, setOfDays } from "./sets-of-days";
import { ONES } from "./words";

/** What a caller said, in the caller's words; any of it may say more than its name ("tuesday at 3" as the day). */
export type Said = { day?: string | undefined; time?: string | undefined; window?: string | undefined };

/** Days, both included. */
export type DayRange = { fromDay: Day; toDay: Day };

/** A window of starts, with the minute itself where one was named. */
export type TimeReading = MinuteWindow & { at?: number };

/** What was understood of days and of times of day, each with all its readings; `unread` is the part that could not be. */
export type Heard = {
  days: DayRange[];
  times: TimeReading[];
  /** The part of the day that was given for itself. */
  window: MinuteWindow | undefined;
  edge: "opening" | "closing" | undefined;
  repeats: string | undefined;
  unread: keyof Said | undefined;
  excluded: Excluded[];
  /** The weekdays that alone suit, where such were said; all others are among the excluded. */
  weekdays: readonly number[];
  /** What is excluded was said of more: "any day but Friday". Otherwise one has to ask what does suit. */
  hasOthers: boolean;
  /** Something was said not to suit that could not be read. */
  isExclusionUnread: boolean;
  /** A date that no year has, as it was said. */
  impossible: string | undefined;
};

export const anyTime: MinuteWindow = { fromMinute: 0, toMinute: 1440 };

const ANY = new Set(
  "any|any day|anyday|any time|anytime|whenever|whenever is good|any is fine|asap|soon|as soon as possible|earliest|soonest|first|next|earliest available|soonest available|first available|next available|next available day|earliest available day|first available day|all day|any part|no preference|either|flexible".split(
    "|",
  ),
);

/** "Except lunch": a meal that is only named is no time of day to who reads on. */
const MEAL_LEFT_OUT =
  /\b(except|excluding|other than|apart from|besides|but not)(?: for| over| during| the| my)* (breakfast|brunch|lunch|dinner|supper)\b/g;
const YOU_HAVE = /(?: that)? you(?:['’]ve got| have(?: got)?| can(?: do| offer)?| offer)$/;

const plain = (text: string | undefined): string => {
  const said = (text ?? "")
    .toLowerCase()
    .replaceAll(/[.,!?]+$/g, "")
    .replaceAll(MEAL_LEFT_OUT, "$1 at $2")
    .trim();
  const bare = (said.startsWith("the ") ? said.slice(4) : said).replace(YOU_HAVE, "");
  return ANY.has(bare) ? "" : said;
};

const isUseful = ({ kind }: Found) => kind !== "duration" && kind !== "set";

const ANY_OF = /\b(?:any|anything|every|each|all|whenever|anytime|anyday|flexible|otherwise|else)\b/;
const WORKING = /\b(?:week|work|working |business )days?\b/;

/** Reads the three together, as one sentence: a day given with the time, or a time with the day, is where it belongs. */
export function heard(said: Said, now: Moment, country: string): Heard {
  const conv = callersOf(country);
  const fields = [plain(said.day), plain(said.time), plain(said.window)];
  const sets = fields.map((each) => (each ? setOfDays(each, now, conv) : undefined));
  const weekdays = sets.flatMap((each) => each?.weekdays ?? []);
  const [dayLeft = "", timeLeft = "", part = ""] = fields.map((each, n) => sets[n]?.rest ?? each);
  // Beside "Tuesdays" a number is a time.
  const [day, time] = sets[0] && timeLeft === "" ? ["", dayLeft] : [dayLeft, timeLeft];
  const read = (text: string, expectsTime: boolean) => (text ? findTimes(text, now, { conv, expectsTime }) : []);
  const useful = (found: Found[]) => found.filter(isUseful);
  const alone = { day: read(day, false), time: read(time, true), window: read(part, false) };
  const isNumber = /^\d/.test(time) || ONES.has(time.split(/[ -]/)[0] ?? "");
  const whole = [day, isNumber && day ? `at ${time}` : time, part].filter(Boolean);
  const { text, all, refused } = split(whole.join(", "), (said) =>
    whole.length > 1 ? read(said, time !== "") : read(said, said === time),
  );
  const found = useful(all).filter((each) => !refused.has(each));
  const unread = (["day", "time", "window"] as const).find(
    (field, n) =>
      !(sets[n] ?? (time !== timeLeft && sets[0])) &&
      { day, time, window: part }[field] !== "" &&
      !alone[field].some((each) => isUseful(each) || (refused.size > 0 && weekdaysOf(each))),
  );
  const unwanted = refusedOf(part, alone.window);
  const window = useful(alone.window)
    .filter((each) => !unwanted.has(each))
    .flatMap((each) => timesIn(each, now))
    .find((each) => each.at === undefined);
  const instead = correction(text, found, now, conv);
  const daysInstead = daysOf(instead, now, text);
  const timesInstead = unique(instead.flatMap((each) => timesIn(each, now)));
  const days = daysInstead.length > 0 ? daysInstead : daysOf(found, now, day || time);
  const times = timesInstead.length > 0 ? timesInstead : unique(found.flatMap((each) => timesIn(each, now)));
  const edge = found.find((each) => each.edge)?.edge;
  const repeats = all.find((each) => each.repeats && !refused.has(each))?.repeats;
  const excluded = unique([...refused].flatMap((each) => excludedBy(each, text.slice(each.start, each.end), now)));
  const isExclusionUnread = leavesOutUnread(text, refused);
  const isOpen = days.length === 0 && (excluded.length > 0 || times.length > 0 || window !== undefined);
  const isWorking = isOpen && WORKING.test(withoutRefused(text, refused));
  if (isWorking) excluded.push(...WEEKEND.map((weekday) => ({ weekday })));
  if (weekdays.length > 0) excluded.push(...allBut(weekdays));
  const isOfTimes = excluded.every((each) => each.window && each.weekday === undefined && !each.days);
  const hasOthers =
    weekdays.length > 0 ||
    isWorking ||
    isOfTimes ||
    days.length + times.length > 0 ||
    window !== undefined ||
    ANY_OF.test(text);
  const impossible = impossibleDate(text);
  return { days, times, window, edge, repeats, unread, excluded, weekdays, hasOthers, isExclusionUnread, impossible };
}

/** What is found, and what of it does not suit. After a comma the time is of what does: "Monday to Friday except Wednesday, at 3". */
function split(
  text: string,
  read: (text: string) => Found[],
): { text: string; all: Found[]; refused: ReadonlySet<Found> } {
  const all = read(text);
  const refused = refusedOf(
    text,
    all.filter((each) => isUseful(each) || weekdaysOf(each)),
  );
  const comma = [...refused].map(({ start, end }) => text.slice(0, end).indexOf(",", start)).find((at) => at >= 0);
  return comma === undefined ? { text, all, refused } : split(`${text.slice(0, comma)};${text.slice(comma + 1)}`, read);
}

const withoutRefused = (text: string, refused: ReadonlySet<Found>): string =>
  [...refused].reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);

/** A time of day that does not suit is one of the days it was said of; a day one where no time was. */
function excludedBy(found: Found, said: string, now: Moment): Excluded[] {
  const weekdays = weekdaysOf(found);
  if (weekdays) return weekdays.map((weekday) => ({ weekday }));
  const windows = timesIn(found, now).map(({ at, ...window }) =>
    at === undefined ? window : { fromMinute: at, toMinute: at + 1 },
  );
  const [weekday, dayOfMonth] = [anyWeekday(said), anyDayOfMonth(said)];
  const on: Excluded[] =
    weekday !== undefined
      ? [{ weekday }]
      : dayOfMonth !== undefined
        ? [{ dayOfMonth }]
        : daysIn(found, now).map((days) => ({ days }));
  if (windows.length === 0) return on;
  return windows.flatMap((window) => (on.length > 0 ? on.map((each) => ({ ...each, window })) : [{ window }]));
}

/** "Tuesday, no wait, Wednesday": what is said after this replaces what was said of the same before it. */
const CORRECTS =
  /\b(?:no,? (?:wait|sorry|actually|make|i mean|not)|wait,? no|i mean|i meant|actually,? no|or rather|scratch that|make that|make it|sorry,? (?:no|i)|correction|better yet|let's say|lets say)\b/g;

function correction(text: string, found: Found[], now: Moment, conv: Conventions): Found[] {
  const mark = [...text.matchAll(CORRECTS)].at(-1);
  if (mark === undefined) return [];
  const end = mark.index + mark[0].length;
  const hadTime = found.some(({ start, kind }) => start < mark.index && kind.includes("time"));
  return findTimes(text.slice(end), now, { conv, expectsTime: hadTime }).filter(isUseful);
}

/** Days next to each other are one stretch ("Monday or Tuesday"); otherwise every one is a reading. */
function daysOf(found: Found[], now: Moment, text: string): DayRange[] {
  const named = found.map((each) => daysIn(each, now)).filter((each) => each.length > 0);
  const single = named.flatMap((each) => (each.length === 1 ? each : []));
  const isAlternative = single.length > 1 && single.length === named.length && / (or|and) /.test(text);
  const inOrder =
    isAlternative && single.every((each, n) => n === 0 || each.fromDay === (single[n - 1]?.toDay ?? 0) + 1);
  const [first, last] = [single[0], single.at(-1)];
  if (inOrder && first && last) return [{ fromDay: first.fromDay, toDay: last.toDay }];
  return unique(named.flat());
}

function daysIn({ kind, readings, days }: Found, now: Moment): DayRange[] {
  if (days) return [{ fromDay: days.from, toDay: days.to - 1 }];
  if (kind === "time" || kind === "timerange") return [];
  return readings.map(({ from, to }) => {
    const start = from === null ? Math.min(now.day, dayBefore(to)) : Math.floor(from / DAY);
    if (kind === "datetimerange" || kind === "datetime") {
      const isWithinOne = from === null || to === null || dayBefore(to) <= start;
      if (isWithinOne)
        return { fromDay: from === null ? dayBefore(to) : start, toDay: from === null ? dayBefore(to) : start };
    }
    return { fromDay: start, toDay: to === null ? Number.POSITIVE_INFINITY : Math.max(start, dayBefore(to)) };
  });
}

/** The day in which something ends, midnight belonging to the day before. */
const dayBefore = (second: number | null): Day => Math.ceil((second ?? 0) / DAY) - 1;

function timesIn(found: Found, now: Moment): TimeReading[] {
  if (found.kind === "date" || found.kind === "daterange") return [];
  return found.readings.flatMap((reading) => timeIn(found, reading, now));
}

function timeIn({ kind }: Found, { from, to }: Reading, now: Moment): TimeReading[] {
  const base = kind.startsWith("time") ? 0 : Math.floor((from ?? (to ?? 1) - 1) / DAY) * DAY;
  const minute = (at: number) => Math.floor((at - base) / 60);
  if (kind === "time" || kind === "datetime") return [{ ...anyTime, at: minute(from ?? 0) }];
  const start = from === null ? 0 : minute(from);
  const end = to === null ? 1440 : minute(to);
  if (end > 1440 && from !== null && from >= now.day * DAY && end - start > 1440) return [];
  const window = { fromMinute: Math.max(0, start), toMinute: Math.min(1440, end) };
  return window.fromMinute < window.toMinute ? [window] : [];
}

function unique<T extends object>(all: T[]): T[] {
  const seen = new Set<string>();
  return all.filter((each) => {
    const key = JSON.stringify(each);
    return seen.has(key) ? false : seen.add(key);
  });
}
