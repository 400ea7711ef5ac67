import type { Conventions, MinuteWindow, PartOfDay } from "./conventions";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { EARLY, LATE, MIDDLE, PARTS, WEEKDAYS } from "./words";

/** A part of the day; `day` where it also names one ("tonight", "this morning", "next morning"): days from today. */
export type Part = {
  name: PartOfDay;
  window: MinuteWindow;
  day?: number;
  /** "First thing", "close of business": what opening hours make of it. */
  edge?: "opening" | "closing";
  /** "Mondays", "in the mornings". */
  isPlural: boolean;
};

const LEAD = new Set(["in", "the", "during", "on", "sometime", "for"]);

/** Said of the hour only where something says so: "after lunch", "at dinner", "lunchtime". */
const MEALS = new Set(["breakfast", "brunch", "lunch", "dinner", "supper"]);
const BESIDE_MEALS = new Set(["at", "before", "after", "around", "by", "until", "over", "tomorrow", "today"]);

/** Where others are at work or at school; nobody comes later than nine. */
const OTHERS_HOURS: Record<string, MinuteWindow> = {
  work: { fromMinute: 540, toMinute: 1020 },
  school: { fromMinute: 540, toMinute: 900 },
};

/** "After work", "before school". */
function besideWork(t: readonly Token[], i: number): Read<Part> | undefined {
  const end = after(t, i, "after|before", "work|school");
  const hours = end > 0 ? OTHERS_HOURS[at(t, i + 1).text] : undefined;
  if (!hours) return undefined;
  const window =
    at(t, i).text === "after"
      ? { fromMinute: hours.toMinute, toMinute: 1260 }
      : { fromMinute: 0, toMinute: hours.fromMinute };
  return { name: "day", window, isPlural: false, end };
}

/** "morning", "in the early afternoon", "tonight", "this evening", "first thing", "late in the morning". */
export function part(t: readonly Token[], i: number, conv: Conventions): Read<Part> | undefined {
  const { text } = at(t, i);
  const isLate = LATE.has(text) || EARLY.has(text);
  const tonight = after(t, isLate ? i + 1 : i, "tonight|tonite");
  if (tonight > 0) {
    const window = isLate ? narrowed("night", conv, EARLY.has(text) ? "early" : "late") : conv.parts.night;
    return { name: "night", window, day: 0, isPlural: false, end: tonight };
  }
  const edge = dayEdge(t, i, conv);
  if (edge) return edge;
  const work = besideWork(t, i);
  if (work) return work;
  let next = after(t, i, "at", "night|breakfast|brunch|lunch|lunchtime|dinner|dinnertime|supper") > 0 ? i + 1 : i;
  while (LEAD.has(at(t, next).text) && next < i + 3) next++;
  const late = at(t, next).text;
  const which = EARLY.has(late) ? "early" : LATE.has(late) ? "late" : MIDDLE.has(late) ? "mid" : undefined;
  if (which) next++;
  while (/^(-|in|the|of|on)$/.test(at(t, next).text) && next < i + 6) next++;
  const shown = /^(this|next|following|last)$/.test(at(t, next).text) ? at(t, next).text : undefined;
  const start = shown ? next + 1 : next;
  const edged =
    shown && EARLY.has(at(t, start).text) ? "early" : shown && LATE.has(at(t, start).text) ? "late" : undefined;
  const word = edged ? start + 1 : start;
  const hours = after(t, word, "business|opening|office|working", "hours");
  const name = hours > 0 ? "day" : (PARTS.get(at(t, word).text) ?? glued(at(t, word).text));
  if (!name) return undefined;
  const end = Math.max(word + 1, hours, after(t, word + 1, "time"));
  const isBare = (word === i || shown === "this") && end === word + 1;
  const before = at(t, i - 1).text;
  if (MEALS.has(at(t, word).text) && isBare && !BESIDE_MEALS.has(before) && !WEEKDAYS.has(before)) return undefined;
  if (at(t, i - 1).text === "good" && word === i) return undefined;
  const day = shown === undefined ? undefined : shown === "this" ? 0 : shown === "last" ? -1 : 1;
  const isMid = at(t, word).text.startsWith("mid");
  const window = narrowed(name, conv, which ?? edged ?? (isMid ? "mid" : undefined));
  return { name, window, ...(day === undefined ? {} : { day }), isPlural: at(t, word).text.endsWith("s"), end };
}

const glued = (word: string): PartOfDay | undefined =>
  word.startsWith("mid") && word.length > 8 ? PARTS.get(word.slice(3)) : undefined;

/** The early, middle or late part of a part of the day. */
export function narrowed(name: PartOfDay, conv: Conventions, which: string | undefined): MinuteWindow {
  const { fromMinute, toMinute } = conv.parts[name];
  const middle = name === "morning" ? 600 : (fromMinute + toMinute) / 2;
  if (which === "early") return { fromMinute, toMinute: middle };
  if (which === "late") return { fromMinute: middle, toMinute };
  if (which === "mid") return { fromMinute: middle - 60, toMinute: middle + 60 };
  return { fromMinute, toMinute };
}

/** "First thing", "last thing": what opening hours make of it. */
function dayEdge(t: readonly Token[], i: number, conv: Conventions): Read<Part> | undefined {
  if (after(t, i, "at|the|first|last") < 0) return undefined;
  const lead = after(t, i, "at") > 0 ? i + 1 : i;
  const the = after(t, lead, "the") > 0 ? lead + 1 : lead;
  const first = Math.max(after(t, the, "first", "thing", "in", "the", "morning"), after(t, the, "first", "thing"));
  if (first > 0) {
    const window = { ...conv.parts.morning, toMinute: 600 };
    return { name: "morning", window, edge: "opening", isPlural: false, end: first };
  }
  const last = after(t, the, "last", "thing");
  const window = { fromMinute: 900, toMinute: conv.parts.afternoon.toMinute };
  return last < 0 ? undefined : { name: "afternoon", window, edge: "closing", isPlural: false, end: last };
}

/** Whether a second of the day fits what was said of the part: "7 in the evening", "12 at night", "11 in the afternoon" by the half alone. */
export function fits({ name }: Part, second: number): boolean {
  const minute = second / 60;
  if (name === "morning") return minute < 720;
  if (name === "lunch") return minute >= 660 && minute < 900;
  if (name === "day") return true;
  if (name === "night") return minute >= 1020 || minute < 360;
  return minute >= 720;
}
