import { type ClockReadings, readClock } from "./clock-words";

export type MinuteWindow = { fromMinute: number; toMinute: number };

/** What was said of the time of day: each reading a window of starts, with the minute itself where one was named. */
export type TimeReading = MinuteWindow & { at?: number };

const WINDOWS: Record<string, MinuteWindow> = {
  morning: { fromMinute: 0, toMinute: 720 },
  lunchtime: { fromMinute: 690, toMinute: 840 },
  afternoon: { fromMinute: 720, toMinute: 1080 },
  evening: { fromMinute: 1020, toMinute: 1440 },
  night: { fromMinute: 1080, toMinute: 1440 },
};

export const anyTime: MinuteWindow = { fromMinute: 0, toMinute: 1440 };

/** "morning", "in the afternoon", "any"; undefined = not a part of the day. */
export function readWindow(text: string): MinuteWindow | undefined {
  const plain = text
    .toLowerCase()
    .replace(/\b(in|the|early|late|this|some ?time)\b/g, " ")
    .trim();
  if (/^(|any|any ?time|whenever|all day)$/.test(plain)) return anyTime;
  return WINDOWS[plain === "lunch" || plain === "lunch time" ? "lunchtime" : plain.replace(/s$/, "")];
}

/** A time, "after 3", "before noon", "between 2 and 4 pm", "10 to 12"; undefined when it is none of these. */
export function readTime(text: string): TimeReading[] | undefined {
  const plain = text.toLowerCase().replace(/\s+/g, " ").trim();
  const clock = readClock(plain);
  if (clock) return clock.map((at) => ({ ...anyTime, at }));
  const between = /^(?:between |from )?(.+?)(?: and | to | until | till | ?[-–] ?)(.+)$/.exec(plain);
  if (between) return pairs(readClock(between[1] ?? ""), readClock(between[2] ?? ""));
  const after =
    /^(?:any ?time )?(?:after|from|past|not before) (.+)$/.exec(plain) ?? /^(.+?) (?:or later|onwards)$/.exec(plain);
  if (after) return readClock(after[1] ?? "")?.map((fromMinute) => ({ fromMinute, toMinute: 1440 }));
  const before = /^(?:any ?time )?(?:before|by|until) (.+)$/.exec(plain) ?? /^(.+?) or earlier$/.exec(plain);
  return before ? readClock(before[1] ?? "")?.map((toMinute) => ({ fromMinute: 0, toMinute })) : undefined;
}

function pairs(from: ClockReadings | undefined, to: ClockReadings | undefined): TimeReading[] | undefined {
  if (!from || !to) return undefined;
  const windows = from.flatMap((fromMinute) => to.map((toMinute) => ({ fromMinute, toMinute })));
  const real = windows.filter((w) => w.fromMinute < w.toMinute && w.toMinute - w.fromMinute < 720);
  return real.length > 0 ? real : undefined;
}
