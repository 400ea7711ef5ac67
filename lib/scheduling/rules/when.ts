import { DAY_MS, type Day } from "./civil";
import { type DayReadings, readDay } from "./day-words";
import { type Hours, spansOn } from "./hours";
import { sayDay, sayList, sayMinute, saySpans } from "./speak";
import { anyTime, type MinuteWindow, readTime, readWindow, type TimeReading } from "./time-words";
import { localMinuteOf, toLocal, type Zone } from "./zone";

/** What a caller said, in the caller's words. */
export type Said = { day?: string | undefined; time?: string | undefined; window?: string | undefined };

/** Days and starts asked for (`at` where a time was named), or a question to put because it can be understood in several ways or none. */
export type When =
  | { kind: "when"; fromDay: Day; toDay: Day; namesDay: boolean; window: MinuteWindow; at?: number }
  | { kind: "ask"; about: "day" | "time"; question: string };

type Setting = { zone: Zone; nowMs: number; hours: Hours; horizonDays: number };

const ANY_DAY =
  /^(|any|any ?day|any ?time|whenever|asap|soon|as soon as possible|(the )?(earliest|soonest|first|next)( available)?( day)?)$/;
const PART_OF_DAY = /\b(?:(this|in the|early|late) )*(morning|afternoon|evening|lunch ?time)\b/;
const TIME_TAIL = /^(.*?)\b(at|after|before|around|about|between|from|by) (.*)$/;

/** Resolves words in the business's zone. Opening hours decide between morning and evening when only one of them is inside. */
export function resolveWhen(said: Said, setting: Setting): When {
  const today = Math.floor(toLocal(setting.zone, setting.nowMs) / DAY_MS);
  const words = split(said);
  const window = readWindow(words.window);
  if (!window) return ask("time", "Which part of the day suits you: morning, afternoon or evening?");
  const namesDay = !ANY_DAY.test(words.day);
  const days = namesDay ? readDay(words.day, today) : [{ fromDay: today, toDay: today + setting.horizonDays }];
  if (!days) return ask("day", "Which day would you like? You can say a weekday or a date.");
  const open = days.length > 1 ? days.filter((each) => !isOver(each, today, setting)) : days;
  const [range, ...others] = open.length > 0 ? open : days;
  if (!range) return ask("day", "Which day would you like?");
  if (others.length > 0)
    return ask(
      "day",
      `Do you mean ${sayList(
        [range, ...others].map((each) => sayDay(each.fromDay, today)),
        "or",
      )}?`,
    );
  if (range.toDay < today)
    return ask("day", `${capital(sayDay(range.toDay, today))} has already passed. Which day would you like?`);
  const fromDay = Math.max(range.fromDay, today);
  const when = { kind: "when", fromDay, toDay: range.toDay, namesDay } as const;
  if (!words.time) return { ...when, window };
  return withTime({ ...when, window }, words.time, setting, today);
}

function withTime(when: When & { kind: "when" }, text: string, setting: Setting, today: Day): When {
  const part = readWindow(text);
  if (part) return { ...when, window: both(when.window, part) };
  const readings = readTime(text);
  if (!readings) return ask("time", "What time would you like?");
  const spoken = readings.filter((each) => overlaps(each, when.window));
  const [only, ...more] = spoken.length > 0 ? spoken : readings;
  if (!only) return ask("time", "What time would you like?");
  if (more.length === 0) return narrowed(when, only);
  const spans = daysOf(when).flatMap((day) => [...spansOn(setting.hours, day)]);
  const inside = [only, ...more].filter((each) => spans.some((span) => isInside(each, span)));
  if (inside.length === 1 && inside[0]) return narrowed(when, inside[0]);
  if (inside.length > 1) return ask("time", `Do you mean ${sayList(inside.map(sayReading), "or")}?`);
  if (spans.length === 0) return when;
  const hours =
    when.fromDay === when.toDay
      ? `${capital(sayDay(when.fromDay, today))} we are open ${saySpans(spansOn(setting.hours, when.fromDay))}. `
      : "";
  return ask("time", `We are closed then. ${hours}What time would you like?`);
}

/** Words given in the wrong field are moved to where they belong: "tomorrow morning", "tuesday at 3", "tonight". */
function split(said: Said): { day: string; time: string; window: string } {
  let day = (said.day ?? "").toLowerCase().trim();
  let time = (said.time ?? "").toLowerCase().trim();
  let window = (said.window ?? "").toLowerCase().trim();
  if (/\btonight\b/.test(day)) {
    day = day.replace(/\btonight\b/, "today");
    window ||= "evening";
  }
  const tail = TIME_TAIL.exec(day);
  if (tail && !time && readTime(`${tail[2] === "at" ? "" : `${tail[2]} `}${tail[3]}`)) {
    day = (tail[1] ?? "").trim();
    time = `${tail[2] === "at" ? "" : `${tail[2]} `}${tail[3]}`;
  }
  const part = PART_OF_DAY.exec(day);
  if (part) {
    day = `${day.slice(0, part.index)} ${day.slice(part.index + part[0].length)}`.replace(/\s+/g, " ").trim();
    if (!day && part[0].startsWith("this")) day = "today";
    window ||= part[2] ?? "";
  }
  if (!day && time && !readTime(time) && !readWindow(time)) {
    const moved = split({ day: time, window });
    if (moved.day !== time) return moved;
  }
  return { day, time, window };
}

const narrowed = (when: When & { kind: "when" }, reading: TimeReading): When => {
  const { at, ...window } = reading;
  return at === undefined ? { ...when, window: both(when.window, window) } : { ...when, at };
};

function both(a: MinuteWindow, b: MinuteWindow): MinuteWindow {
  const shared = { fromMinute: Math.max(a.fromMinute, b.fromMinute), toMinute: Math.min(a.toMinute, b.toMinute) };
  return shared.fromMinute < shared.toMinute ? shared : b;
}

const overlaps = (reading: TimeReading, window: MinuteWindow): boolean =>
  reading.at === undefined
    ? reading.fromMinute < window.toMinute && window.fromMinute < reading.toMinute
    : reading.at >= window.fromMinute && reading.at < window.toMinute;

function isInside(reading: TimeReading, span: { startMinute: number; endMinute: number }): boolean {
  if (reading.at !== undefined) return reading.at >= span.startMinute && reading.at < span.endMinute;
  const { fromMinute, toMinute } = reading;
  if (toMinute === 1440) return fromMinute >= span.startMinute && fromMinute < span.endMinute;
  if (fromMinute === 0) return toMinute > span.startMinute && toMinute <= span.endMinute;
  return fromMinute < span.endMinute && span.startMinute < toMinute;
}

function sayReading({ at, fromMinute, toMinute }: TimeReading): string {
  if (at !== undefined) return sayMinute(at);
  if (toMinute === anyTime.toMinute) return `after ${sayMinute(fromMinute)}`;
  return fromMinute === 0 ? `before ${sayMinute(toMinute)}` : `${sayMinute(fromMinute)} to ${sayMinute(toMinute)}`;
}

/** At most two weeks: enough to know the hours of any weekday. */
const daysOf = ({ fromDay, toDay }: { fromDay: Day; toDay: Day }): Day[] =>
  Array.from({ length: Math.min(toDay - fromDay + 1, 14) }, (_, n) => fromDay + n);

function isOver(reading: DayReadings[number], today: Day, { hours, zone, nowMs }: Setting): boolean {
  if (reading.toDay !== today) return false;
  const minute = localMinuteOf(zone, nowMs);
  return spansOn(hours, today).every((span) => span.endMinute <= minute);
}

const ask = (about: "day" | "time", question: string): When => ({ kind: "ask", about, question });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
