import { DAY_MS, type Day, MINUTE_MS, weekdayOf } from "../civil";
import { type Hours, spansOn } from "../hours";
import { sayDay, sayList, sayMinute, saySpans } from "../speak";
import { localDayOf, localMinuteOf, toLocal, type Zone } from "../zone";
import { onOrAfter } from "./calendar";
import type { MinuteWindow } from "./conventions";
import { type Excluded, isDayExcluded, isOn } from "./excluded";
import { namesOtherZone } from "./other-zone";
import { anyTime, type DayRange, heard, type Said, type TimeReading } from "./said";

export type { Said } from "./said";

/** Days and starts asked for (`at` where a time was named) without those `excluded`, or a question to put because it can be understood in several ways or none. */
export type When =
  | {
      kind: "when";
      fromDay: Day;
      toDay: Day;
      namesDay: boolean;
      window: MinuteWindow;
      at?: number;
      excluded: readonly Excluded[];
      /** The weekdays that were said to suit ("weekends only"), if such were; all others are among the excluded. */
      weekdays: readonly number[];
    }
  | { kind: "ask"; about: "day" | "time"; question: string; readings: WhenReading[] };

/** One way to understand what was said: days, both included (`toDay` infinite where no end was said), and the time of day where that is known. */
export type WhenReading = { fromDay: Day; toDay: Day; at?: number; say: string };

type Setting = {
  zone: Zone;
  nowMs: number;
  hours: Hours;
  horizonDays: number;
  /** ISO 3166-1: how dates are written there, and what its holidays are. */
  country: string;
  /** The start of the appointment that is spoken of: what "the same time" means. */
  sameAsMs?: number | undefined;
};

/** Resolves words in the business's zone. Opening hours decide between morning and evening when only one of them is inside. */
export function resolveWhen(said: Said, setting: Setting): When {
  const { zone, nowMs } = setting;
  const localMs = toLocal(zone, nowMs);
  const today = Math.floor(localMs / DAY_MS);
  const now = { day: today, second: Math.floor((localMs - today * DAY_MS) / 1000) };
  const same = sameAs(said, setting);
  const { days, times, window, edge, repeats, unread, excluded, weekdays, hasOthers, isExclusionUnread, impossible } =
    heard(same.said, now, setting.country);
  if (impossible) return ask("day", `There is no ${impossible}. Which day would you like?`);
  if (isExclusionUnread) return ask("day", "Which days or times should I leave out?");
  if (!hasOthers && excluded.length > 0) return ask("day", "Which day would suit you?");
  if (unread === "window") return ask("time", "Which part of the day suits you: morning, afternoon or evening?");
  if (same.isUnknown) return ask("time", "Which appointment do you mean, and what time was it?");
  if (unread === "day" && days.length === 0)
    return ask(
      "day",
      repeats ? "Which day shall we begin with?" : "Which day would you like? You can say a weekday or a date.",
    );
  const words = [said.day, said.time].join(" ");
  if (times.length > 0 && namesOtherZone(words, Math.round((localMs - nowMs) / MINUTE_MS)))
    return ask("time", "We go by our own local time. What time would that be here?");
  const named = same.weekday === undefined ? days : days.map((each) => onWeekday(each, same.weekday ?? 0));
  const chosen = chooseDays(named, today, setting);
  if ("kind" in chosen) return chosen;
  const left = without(excluded, chosen);
  if (!left) return ask("day", "Which day would suit you?");
  const range = {
    kind: "when",
    ...left,
    excluded: relevant(excluded, left, setting.hours),
    weekdays,
    namesDay: days.length > 0,
    window: window ?? anyTime,
  } as const;
  if (same.at !== undefined) return { ...range, at: same.at };
  if (unread === "time" && times.length === 0) return ask("time", "What time would you like?");
  const edged = edge && atEdge(range, edge, setting.hours);
  if (edged) return { ...range, window: edged };
  return chooseTime(range, times, setting, today);
}

/** The days from the first to the last of which something suits; undefined where nothing does. */
function without(excluded: readonly Excluded[], { fromDay, toDay }: DayRange): DayRange | undefined {
  let [first, last] = [fromDay, toDay];
  while (first <= last && isDayExcluded(excluded, first)) first++;
  while (last > first && isDayExcluded(excluded, last)) last--;
  return first <= last ? { fromDay: first, toDay: last } : undefined;
}

/** Those that say something of the days between; of two readings of a time ("12 to 2") the one in opening hours. */
function relevant(excluded: readonly Excluded[], { fromDay, toDay }: DayRange, hours: Hours): Excluded[] {
  const days = daysBetween(fromDay, Math.min(toDay, fromDay + 366));
  const isOpenThen = ({ window }: Excluded, day: Day) =>
    !window ||
    spansOn(hours, day).some((span) => span.startMinute < window.toMinute && window.fromMinute < span.endMinute);
  return excluded.filter((each) => days.some((day) => isOn(each, day) && isOpenThen(each, day)));
}

const daysBetween = (fromDay: Day, toDay: Day): Day[] =>
  Array.from({ length: toDay - fromDay + 1 }, (_, n) => fromDay + n);

type Understood = When & { kind: "when" };

/** "The same time next week": the hour, and in a whole week the weekday, of the appointment that is spoken of. */
function sameAs(said: Said, { sameAsMs: bookedMs, nowMs, zone }: Setting) {
  const [day = "", time = ""] = [said.day?.toLowerCase(), said.time?.toLowerCase()];
  const isNow = /\bthis time (next|tomorrow|on)\b/.test(`${day} ${time}`);
  const pattern = /\b(?:at )?(?:the |that )?(?:same|this) time(?: of day)?(?: as (?:last time|before|usual))?\b/;
  const isSame = pattern.test(day) || pattern.test(time);
  const sameAsMs = isNow ? nowMs : bookedMs;
  if (!isSame) return { said, isUnknown: false };
  const without = { ...said, day: day.replace(pattern, " ").trim(), time: time.replace(pattern, " ").trim() };
  if (sameAsMs === undefined) return { said: without, isUnknown: true };
  const weekday = weekdayOf(localDayOf(zone, sameAsMs));
  return { said: without, isUnknown: false, at: localMinuteOf(zone, sameAsMs), weekday };
}

const onWeekday = (range: DayRange, weekday: number): DayRange => {
  if (range.toDay - range.fromDay !== 6) return range;
  const day = onOrAfter(range.fromDay, weekday);
  return { fromDay: day, toDay: day };
};

function chooseDays(days: DayRange[], today: Day, setting: Setting): DayRange | When {
  const horizon = today + setting.horizonDays;
  if (days.length === 0) return { fromDay: today, toDay: horizon };
  const open = days.length > 1 ? days.filter((each) => !isOver(each, today, setting)) : days;
  const [range, ...others] = open.length > 0 ? open : days;
  if (!range) return { fromDay: today, toDay: horizon };
  if (others.length > 0) {
    const readings = [range, ...others].map((each) => ({ ...each, say: sayRange(each, today) }));
    return ask(
      "day",
      `Do you mean ${sayList(
        readings.map(({ say }) => say),
        "or",
      )}?`,
      readings,
    );
  }
  if (range.toDay < today)
    return ask("day", `${capital(sayDay(range.toDay, today))} has already passed. Which day would you like?`);
  const toDay = Number.isFinite(range.toDay) ? range.toDay : Math.max(horizon, range.fromDay);
  return { fromDay: Math.max(range.fromDay, today), toDay };
}

function isOver({ fromDay, toDay }: DayRange, today: Day, { hours, zone, nowMs }: Setting): boolean {
  if (toDay < today) return true;
  if (toDay !== today || fromDay !== today) return false;
  const minute = localMinuteOf(zone, nowMs);
  return spansOn(hours, today).every((span) => span.endMinute <= minute);
}

/** Opening hours decide; where they leave several readings one asks, and where they leave none one says them. */
function chooseTime(when: Understood, times: TimeReading[], setting: Setting, today: Day): When {
  const { hours } = setting;
  const fitting = times.filter((each) => overlaps(each, when.window));
  const coming = (fitting.length > 0 ? fitting : times).filter((each) => !hasPassed(each, when, setting, today));
  const [only, ...more] = coming.length > 0 ? coming : times;
  if (!only) return when;
  if (more.length === 0) return narrowed(when, only);
  const spans = daysFrom(when).flatMap((day) => [...spansOn(hours, day)]);
  const inside = [only, ...more].filter((each) => spans.some((span) => isInside(each, span)));
  if (inside.length === 1 && inside[0]) return narrowed(when, inside[0]);
  if (inside.length > 1) {
    const readings = inside.map((each) => ({
      fromDay: when.fromDay,
      toDay: when.toDay,
      ...(each.at === undefined ? {} : { at: each.at }),
      say: sayReading(each),
    }));
    return ask(
      "time",
      `Do you mean ${sayList(
        readings.map(({ say }) => say),
        "or",
      )}?`,
      readings,
    );
  }
  if (spans.length === 0) return when;
  const open =
    when.fromDay === when.toDay
      ? `${capital(sayDay(when.fromDay, today))} we are open ${saySpans(spansOn(hours, when.fromDay))}. `
      : "";
  return ask("time", `We are closed then. ${open}What time would you like?`);
}

/** "First thing" and "last thing" are the first and the last two hours of the day's opening. */
function atEdge(when: Understood, edge: "opening" | "closing", hours: Hours): MinuteWindow | undefined {
  const spans = when.fromDay === when.toDay ? spansOn(hours, when.fromDay) : [];
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return undefined;
  if (edge === "opening")
    return { fromMinute: first.startMinute, toMinute: Math.min(first.startMinute + 120, first.endMinute) };
  return { fromMinute: Math.max(last.endMinute - 120, last.startMinute), toMinute: last.endMinute };
}

const narrowed = (when: Understood, { at, ...window }: TimeReading): When =>
  at === undefined ? { ...when, window: both(when.window, window) } : { ...when, at };

function both(a: MinuteWindow, b: MinuteWindow): MinuteWindow {
  const shared = { fromMinute: Math.max(a.fromMinute, b.fromMinute), toMinute: Math.min(a.toMinute, b.toMinute) };
  return shared.fromMinute < shared.toMinute ? shared : b;
}

const overlaps = ({ at, fromMinute, toMinute }: TimeReading, window: MinuteWindow): boolean =>
  at === undefined
    ? fromMinute < window.toMinute && window.fromMinute < toMinute
    : at >= window.fromMinute && at < window.toMinute;

/** Only today's can have passed. */
function hasPassed({ at, toMinute }: TimeReading, when: Understood, { zone, nowMs }: Setting, today: Day): boolean {
  return when.fromDay === today && when.toDay === today && (at ?? toMinute) < localMinuteOf(zone, nowMs);
}

function isInside(
  { at, fromMinute, toMinute }: TimeReading,
  span: { startMinute: number; endMinute: number },
): boolean {
  if (at !== undefined) return at >= span.startMinute && at < span.endMinute;
  if (toMinute === 1440) return fromMinute >= span.startMinute && fromMinute < span.endMinute;
  if (fromMinute === 0) return toMinute > span.startMinute && toMinute <= span.endMinute;
  return fromMinute < span.endMinute && span.startMinute < toMinute;
}

function sayReading({ at, fromMinute, toMinute }: TimeReading): string {
  if (at !== undefined) return sayMinute(at);
  if (toMinute === anyTime.toMinute) return `after ${sayMinute(fromMinute)}`;
  return fromMinute === 0 ? `before ${sayMinute(toMinute)}` : `${sayMinute(fromMinute)} to ${sayMinute(toMinute)}`;
}

const sayRange = ({ fromDay, toDay }: DayRange, today: Day): string => {
  if (fromDay === toDay) return sayDay(fromDay, today);
  return Number.isFinite(toDay)
    ? `${sayDay(fromDay, today)} to ${sayDay(toDay, today)}`
    : `from ${sayDay(fromDay, today)} on`;
};

/** Those that suit of at most two weeks: enough to know the hours of any weekday. */
const daysFrom = ({ fromDay, toDay, excluded }: Understood): Day[] =>
  daysBetween(fromDay, Math.min(toDay, fromDay + 13)).filter((day) => !isDayExcluded(excluded, day));

const ask = (about: "day" | "time", question: string, readings: WhenReading[] = []): When => ({
  kind: "ask",
  about,
  question,
  readings,
});
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
