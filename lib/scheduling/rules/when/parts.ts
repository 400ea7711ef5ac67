import type { Conventions, MinuteWindow, PartOfDay } from "./conventions";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { EARLY, LATE, MIDDLE, PARTS } from "./words";

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

const LEAD = new Set(["in", "the", "during", "on", "sometime", "for", "of"]);

/** "morning", "in the early afternoon", "tonight", "this evening", "first thing", "late in the morning". */
export function part(t: readonly Token[], i: number, conv: Conventions): Read<Part> | undefined {
  const { text } = at(t, i);
  const ofToday = after(t, after(t, i + 1, "in") > 0 ? i + 2 : i + 1, "today");
  const edgeOfToday = EARLY.has(text)
    ? [0, 720]
    : MIDDLE.has(text)
      ? [600, 840]
      : LATE.has(text)
        ? [720, 1440]
        : undefined;
  if (edgeOfToday && ofToday > 0)
    return {
      name: "afternoon",
      window: { fromMinute: edgeOfToday[0] ?? 0, toMinute: edgeOfToday[1] ?? 1440 },
      day: 0,
      isPlural: false,
      end: ofToday,
    };
  if (text === "tonight" || text === "tonite")
    return { name: "night", window: conv.parts.night, day: 0, isPlural: false, end: i + 1 };
  const edge = dayEdge(t, i, conv);
  if (edge) return edge;
  let next = after(t, i, "at", "night|lunch|lunchtime") > 0 ? i + 1 : i;
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
  if (
    name === "lunch" &&
    at(t, word).text === "lunch" &&
    (word === i || shown === "this") &&
    !/^(at|before|after|around|by|until|over)$/.test(at(t, i - 1).text) &&
    after(t, word + 1, "time") < 0
  )
    return undefined;
  const end = Math.max(
    word + 1,
    hours,
    name === "lunch" ? after(t, word, "lunch", "time") : -1,
    after(t, word + 1, "time"),
  );
  const day = shown === undefined ? undefined : shown === "this" ? 0 : shown === "last" ? -1 : 1;
  const isMid = at(t, word).text.startsWith("mid");
  const window = narrowed(name, conv, which ?? edged ?? (isMid ? "mid" : undefined));
  return { name, window, ...(day === undefined ? {} : { day }), isPlural: at(t, word).text.endsWith("s"), end };
}

const glued = (word: string): PartOfDay | undefined =>
  word.startsWith("mid") && word.length > 8 ? PARTS.get(word.slice(3)) : undefined;

function narrowed(name: PartOfDay, conv: Conventions, which: string | undefined): MinuteWindow {
  const { fromMinute, toMinute } = conv.parts[name];
  const middle = name === "morning" ? 600 : (fromMinute + toMinute) / 2;
  if (which === "early") return { fromMinute, toMinute: middle };
  if (which === "late") return { fromMinute: middle, toMinute };
  if (which === "mid") return { fromMinute: middle - 60, toMinute: middle + 60 };
  return { fromMinute, toMinute };
}

const EDGE_STARTS = new Set("at by the first start beginning last end close eod cob".split(" "));

function dayEdge(t: readonly Token[], i: number, conv: Conventions): Read<Part> | undefined {
  if (!EDGE_STARTS.has(at(t, i).text)) return undefined;
  const lead = after(t, i, "at|by") > 0 ? i + 1 : i;
  const the = after(t, lead, "the") > 0 ? lead + 1 : lead;
  const first = Math.max(
    after(t, the, "first", "thing", "in", "the", "morning"),
    after(t, the, "first", "thing"),
    after(t, the, "start|beginning", "of", "the", "day"),
  );
  const morning = conv.parts.morning;
  if (first > 0)
    return { name: "morning", window: { ...morning, toMinute: 600 }, edge: "opening", isPlural: false, end: first };
  const last = Math.max(
    after(t, the, "last", "thing"),
    after(t, the, "end", "of", "the", "day"),
    after(t, the, "end", "of", "day"),
    after(t, the, "close", "of", "business"),
    after(t, the, "eod|cob"),
  );
  if (last < 0) return undefined;
  return {
    name: "afternoon",
    window: { fromMinute: 900, toMinute: conv.parts.afternoon.toMinute },
    edge: "closing",
    isPlural: false,
    end: last,
  };
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
