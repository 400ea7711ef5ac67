import { weekdayOf } from "../civil";
import { isDateLike, isExpected, isLoose, type Reading, ZONES } from "./bare-times";
import { type Bound, boundAfter, boundAt } from "./bounds";
import { onOrAfter } from "./calendar";
import { type Clock, clock } from "./clock";
import { isCounted } from "./closed-words";
import { edgeOfDay } from "./day-edges";
import { type Duration, duration } from "./durations";
import type { Dates } from "./meaning";
import { oneDay } from "./named-days";
import type { Read } from "./numbers";
import { type Part, part } from "./parts";
import { after, at, type Token } from "./tokens";
import { begins, WEEKDAYS } from "./words";

/** What one phrase says of a day and of a time of day, each at most once. */
export type Slots = {
  dates?: Dates;
  clock?: Clock;
  /** The other end, where a range of times was said. */
  to?: Clock;
  part?: Part;
  length?: Duration;
  bound?: Bound | undefined;
};

const GLUE = new Set([
  ",",
  "-",
  "at",
  "on",
  "in",
  "the",
  "of",
  "around",
  "about",
  "approximately",
  "@",
  "(",
  ")",
  "sometime",
  "anytime",
  "exactly",
  "roughly",
  "maybe",
  "for",
  "during",
  "say",
  "circa",
  "like",
  "and",
  "near",
  "ideally",
  "preferably",
  "please",
]);
/** Everything in a row that says when, in any order: "Tuesday the 3rd, in the afternoon, around half past two". */
export function slotsAt(t: readonly Token[], start: number, reading: Reading): Read<Slots> | undefined {
  if (!begins(t, start)) return undefined;
  let slots: Slots = {};
  let end = start;
  let isEmpty = true;
  for (;;) {
    const added =
      itemAt(t, end, slots, reading, isEmpty) ??
      (isEmpty ? undefined : (closing(t, end, slots, reading) ?? itemAfterGlue(t, end, slots, reading)));
    if (!added) break;
    slots = { ...slots, ...added.slots };
    end = added.end;
    isEmpty = false;
    if (slots.clock) end = afterZone(t, end);
  }
  return isEmpty ? undefined : { ...slots, end };
}

/** "EST", "Pacific time": said of the hour, and heard elsewhere. */
const afterZone = (t: readonly Token[], i: number): number =>
  ZONES.has(at(t, i).text)
    ? i + 1
    : Math.max(
        i,
        after(t, i, "eastern|central|mountain|pacific|atlantic", "time"),
        after(t, i, "eastern|central|mountain|pacific|atlantic", "standard|daylight", "time"),
      );

type Added = Read<{ slots: Slots }>;

/** What only says more of what is there: "3 or later", "the 22nd (Tuesday)", "Saturday, 3 days from now". */
function closing(t: readonly Token[], i: number, slots: Slots, reading: Reading): Added | undefined {
  const { dates } = reading;
  const other = slots.bound?.side === "from" && slots.clock && !slots.to ? untilAt(t, i) : undefined;
  if (other) return other;
  const bound = (slots.bound && !slots.bound.isFrom) || slots.to ? undefined : boundAfter(t, i);
  const onward = slots.bound?.isFrom && (slots.clock || slots.dates) ? after(t, i, "on|forward|forwards") : -1;
  if (onward > 0 && at(t, onward).kind !== "num" && !reading.dates(onward))
    return { slots: { bound: { side: "from", isIncluded: true } }, end: onward };
  if (bound && (slots.clock || slots.dates)) return { slots: { bound: bound.bound }, end: bound.end };
  const known = slots.dates;
  if (known?.unit !== "day") return undefined;
  const next = /^[,(]$/.test(at(t, i).text) ? i + 1 : i;
  const close = (end: number) => (at(t, end).text === ")" ? end + 1 : end);
  const on = known.ahead && after(t, next, "on") > 0 ? next + 1 : next;
  const weekday = WEEKDAYS.get(at(t, on).text);
  const [counted] = known.spans;
  if (weekday !== undefined && known.ahead && counted)
    return { slots: { dates: { ...known, spans: [oneDay(onOrAfter(counted.from, weekday))] } }, end: close(on + 1) };
  if (weekday !== undefined && known.weekday === undefined) {
    const spans = known.spans.filter(({ from }) => weekdayOf(from) === weekday);
    return spans.length > 0 || next > i
      ? { slots: { dates: spans.length > 0 ? { ...known, spans } : known }, end: close(next + 1) }
      : undefined;
  }
  const again = known.weekday === undefined || weekday !== undefined ? undefined : dates(next);
  const day = again?.unit === "day" && !again.moment ? again.spans[0] : undefined;
  if (again?.ahead && day && known.weekday !== undefined)
    return {
      slots: { dates: { ...again, spans: [oneDay(onOrAfter(day.from, known.weekday))] } },
      end: close(again.end),
    };
  return again && day && weekdayOf(day.from) === known.weekday
    ? { slots: { dates: again }, end: close(again.end) }
    : undefined;
}

function itemAfterGlue(t: readonly Token[], i: number, slots: Slots, reading: Reading): Added | undefined {
  let next = i;
  while (next < i + 3 && GLUE.has(at(t, next).text)) {
    next++;
    const added = itemAt(t, next, slots, reading, false);
    if (added) return added;
  }
  return undefined;
}

function itemAt(t: readonly Token[], i: number, slots: Slots, reading: Reading, isFirst: boolean): Added | undefined {
  const { env, dates } = reading;
  const candidates: (Added | undefined)[] = [];
  if (!slots.clock) candidates.push(rangeAt(t, i, slots, reading));
  if (!slots.clock && !slots.part) {
    const read = edgeOfDay(t, i, env, dates, slots.dates !== undefined);
    if (read && !(slots.dates && read.dates)) {
      const { end, ...added } = read;
      candidates.push({ slots: added, end });
    }
  }
  if (!slots.dates) {
    const read = dates(i);
    if (read && (slots.part === undefined || read.unit === "day"))
      candidates.push({ slots: { dates: read }, end: read.end });
  }
  if (!slots.clock) {
    const read = clock(t, i);
    const isApart = slots.dates && slots.dates.unit !== "day" && !/^(at|around|about|@)$/.test(at(t, i - 1).text);
    if (read && !isApart && (!read.isBare || isExpected(t, i, read.end, slots, reading)))
      candidates.push({ slots: { clock: read }, end: read.end });
  }
  if (!slots.part) {
    const read = part(t, i, env.conv);
    if (
      read &&
      (slots.dates === undefined ||
        (slots.dates.unit === "day" && (read.day === undefined || slots.dates.dayOfMonth === undefined)))
    )
      candidates.push({ slots: { part: read }, end: read.end });
  }
  if (!slots.dates && !slots.part) candidates.push(partBeside(t, i, reading));
  if (!slots.bound) candidates.push(bounded(t, i, slots, reading));
  if (!slots.length) candidates.push(lengthAt(t, i, slots, isFirst));
  let best: Added | undefined;
  for (const each of candidates) if (each && (!best || each.end > best.end)) best = each;
  return best;
}

/** "The evening before Christmas", "the morning after the 5th". */
function partBeside(t: readonly Token[], i: number, { env, dates }: Reading): Added | undefined {
  const read = after(t, i, "the") > 0 ? part(t, i, env.conv) : undefined;
  const side = read ? at(t, read.end).text : "";
  const day = read && /^(before|after)$/.test(side) ? dates(read.end + 1) : undefined;
  if (!read || day?.unit !== "day" || day.moment) return undefined;
  const by = side === "before" ? -1 : 1;
  const spans = day.spans.map(({ from }) => oneDay(from + by));
  return { slots: { dates: { spans, unit: "day" }, part: read }, end: day.end };
}

/** "later than 3 but before 6": a range. */
function untilAt(t: readonly Token[], i: number): Added | undefined {
  const next = Math.max(i, after(t, i, "but|and|,"));
  const until = boundAt(t, next);
  const read = until?.bound.side === "until" ? clock(t, until.end) : undefined;
  return read && { slots: { to: read, bound: undefined }, end: read.end };
}

/** "after 4", "before Friday", "no later than 3 pm": the bound belongs to what stands next. */
function bounded(t: readonly Token[], i: number, slots: Slots, reading: Reading): Added | undefined {
  const far = moreThan(t, i, slots, reading);
  if (far) return far;
  const read = boundAt(t, i);
  if (!read) return undefined;
  const { bound } = read;
  let next = read.end;
  while (next < read.end + 2 && GLUE.has(at(t, next).text) && at(t, next).text !== "the") next++;
  const item = itemAt(
    t,
    next,
    { ...slots, bound, length: slots.length ?? ({} as Duration) },
    { ...reading, expectsTime: true },
    false,
  );
  return item && { slots: { ...item.slots, bound }, end: item.end };
}

/** "more than two weeks before Friday", "at least three days from now": on the far side of that day. */
function moreThan(t: readonly Token[], i: number, slots: Slots, { dates }: Reading): Added | undefined {
  const more = Math.max(after(t, i, "more", "than"), after(t, i, "at", "least"), after(t, i, "over"));
  const less = Math.max(after(t, i, "less|fewer", "than"), after(t, i, "at", "most"), after(t, i, "under"));
  const read = slots.dates || Math.max(more, less) < 0 ? undefined : dates(Math.max(more, less));
  if (!read?.ahead || read.moment) return undefined;
  const side = read.ahead > 0 === more > 0 ? ("from" as const) : ("until" as const);
  return { slots: { dates: read, bound: { side, isIncluded: side === "from" } }, end: read.end };
}

/** "for 30 minutes", "for 3 days from", "a week starting". */
function lengthAt(t: readonly Token[], i: number, slots: Slots, isFirst: boolean): Added | undefined {
  const isFor = after(t, i, "for") > 0;
  const read = duration(t, isFor ? i + 1 : i);
  if (!read) return undefined;
  const start = /^,$/.test(at(t, read.end).text) ? read.end + 1 : read.end;
  const from =
    after(t, start, "from|starting|beginning|commencing", "at|on") > 0
      ? start + 2
      : after(t, start, "from|starting|beginning|commencing");
  if (!isFor && !(isFirst && from > 0 && at(t, start).text !== "from")) return undefined;
  if (isFirst && from < 0) return undefined;
  if (!isFirst && !slots.dates && !slots.clock) return undefined;
  return { slots: { length: read.duration }, end: from > 0 ? from : read.end };
}

const TO = new Set(["to", "until", "till", "til", "untill", "through", "thru", "-"]);

/** "between 2 and 4", "from 9 to 5", "3-4pm", "10:30 to noon". */
function rangeAt(t: readonly Token[], i: number, slots: Slots, reading: Reading): Added | undefined {
  const in_ = after(t, i, "in") > 0 && after(t, i + 1, "between") > 0 ? i + 1 : i;
  const between = after(t, in_, "between");
  const from = after(t, in_, "from");
  const start = between > 0 ? between : from > 0 ? from : in_;
  const first = clock(t, start);
  if (!first) return undefined;
  const join = at(t, first.end).text;
  if (!(TO.has(join) || (between > 0 && join === "and"))) return undefined;
  const next = after(t, first.end + 1, "at|around|about") > 0 ? first.end + 2 : first.end + 1;
  const second = clock(t, next);
  if (!second) return undefined;
  if (isDateLike(t, next, second.end) || (first.isBare && second.isBare && isCounted(t, second.end))) return undefined;
  const isSaid = between > 0 || from > 0 || !first.isBare || !second.isBare;
  if (first.isBare && second.isBare && between < 0) {
    if (!isExpected(t, start, second.end, slots, reading) && !(from > 0 && isLoose(t, second.end))) return undefined;
  } else if (second.isBare && !isSaid) return undefined;
  const end =
    after(t, second.end, "-", "ish") > 0
      ? second.end + 2
      : after(t, second.end, "ish") > 0
        ? second.end + 1
        : second.end;
  return { slots: { clock: first, to: second }, end };
}
