import { boundAt } from "./bounds";
import { DAY, meaningOf, nextOf } from "./compose";
import { type Conventions, callers } from "./conventions";
import { dateRange } from "./date-ranges";
import { type DateReader, dateReader } from "./dates";
import { type Duration, duration, shifted, sized, unitAt } from "./durations";
import type { Env, Found, Moment } from "./meaning";
import type { Read } from "./numbers";
import { repetition } from "./repeats";
import { type Slots, slotsAt } from "./slots";
import { after, at, type Token, tokensOf } from "./tokens";
import { begins } from "./words";

type Options = {
  conv?: Conventions;
  /** The text is the answer to "when?": a number alone is a time. */
  expectsTime?: boolean;
};

/**
 * Everything in a text that says when, in the order it is said, each with all it can mean against `now` (civil time, no zone).
 * Never throws. A sentence costs 30 to 130 µs on a busy core, and no more than the first 600 characters are read.
 */
export function findTimes(text: string, now: Moment, { conv = callers, expectsTime = false }: Options = {}): Found[] {
  const t = tokensOf(text);
  const env: Env = { now, conv };
  const dates = dateReader(t, env);
  const found: Found[] = [];
  for (let i = 0; i < t.length; ) {
    const read = phrase(t, i, env, dates, expectsTime || isAlternative(t, i, found.at(-1)));
    if (read && !isPartOfWord(t, i, read.end) && !isOfIt(t, i, read)) {
      const { end, ...meaning } = read;
      found.push({ ...meaning, start: at(t, i).start, end: at(t, end - 1).end });
      i = Math.max(end, i + 1);
    } else i++;
  }
  return found;
}

/** "At 3 or 4": after a time of day another is expected. */
function isAlternative(t: readonly Token[], i: number, last: Found | undefined): boolean {
  const before = at(t, i - 1);
  return last?.kind.endsWith("time") === true && before.text === "or" && at(t, i - 2).end === last.end;
}

type Meaning = Omit<Found, "start" | "end">;

function phrase(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: DateReader,
  expectsTime: boolean,
): Read<Meaning> | undefined {
  if (!begins(t, i)) return undefined;
  const slots = slotsAt(t, i, { env, dates, expectsTime });
  const candidates = [
    now(t, i, env),
    repetition(t, i, env, dates, slots),
    fromRange(t, i, env, dates),
    fromSlots(slots, env),
    betweenMoments(t, i, env, dates),
    within(t, i, env),
    length(t, i, dates),
  ];
  let best: Read<Meaning> | undefined;
  for (const each of candidates) if (each && (!best || each.end > best.end)) best = each;
  return best;
}

function fromSlots(slots: Read<Slots> | undefined, env: Env): Read<Meaning> | undefined {
  const meaning = slots && meaningOf(slots, env);
  return slots && meaning ? { ...meaning, end: slots.end } : undefined;
}

/** A range of days, and what is said of the time of day after it. */
function fromRange(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Meaning> | undefined {
  const range = dateRange(t, i, env, dates);
  if (!range) return undefined;
  const readings = range.spans.map(({ from, to }) => ({ from: from * DAY, to: to * DAY }));
  return { kind: "daterange", readings, grain: "range", end: range.end };
}

/** "between 4pm on Jan 1 and 5pm today": a day and a time at either end. */
function betweenMoments(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Meaning> | undefined {
  const lead = after(t, i, "between|from");
  const untilThen = lead > 0 ? fromNow(t, lead, env, dates) : undefined;
  if (untilThen) return untilThen;
  const first = slotsAt(t, lead > 0 ? lead : i, { env, dates, expectsTime: lead > 0 });
  if (!first || !isMoment(first)) return undefined;
  const join = at(t, first.end).text;
  if (!/^(to|until|till|through|-)$/.test(join) && !(join === "and" && at(t, i).text === "between")) return undefined;
  const last = slotsAt(t, first.end + 1, { env, dates, expectsTime: true });
  if (!last || !isMoment(last)) return undefined;
  const shared = { ...((first.dates ?? last.dates) ? { dates: first.dates ?? last.dates } : {}) };
  const isDayless = !shared.dates && first.part?.day === undefined && last.part?.day === undefined;
  const plain = isDayless ? { ...env, conv: { ...env.conv, bareTime: "time" as const } } : env;
  const a = meaningOf({ ...first, ...(first.dates || first.part?.day !== undefined ? {} : shared) } as Slots, plain);
  const b = meaningOf({ ...last, ...(last.dates || last.part?.day !== undefined ? {} : shared) } as Slots, plain);
  if (!a || !b || a.kind.startsWith("date") !== b.kind.startsWith("date")) return undefined;
  const pairs = a.readings.flatMap(({ from }) =>
    b.readings
      .map(({ to }) => ({ from, to: last.dates?.weekday === undefined ? to : nextAfter(from, to) }))
      .filter(({ to }) => (to ?? 0) > (from ?? 0))
      .slice(0, 1),
  );
  if (pairs.length === 0) return undefined;
  if (isDayless && env.conv.bareTime === "next")
    return {
      kind: "datetimerange",
      readings: pairs.slice(0, 1).map((each) => nextOf(each, env)),
      grain: b.grain,
      end: last.end,
    };
  return {
    kind: a.kind.startsWith("date") ? "datetimerange" : "timerange",
    readings: pairs,
    grain: b.grain,
    end: last.end,
  };
}

/** A time of day, or a part of a day that was said: what a range can begin or end with. */
const isMoment = ({ clock, to, bound, part, dates }: Slots): boolean =>
  !to && !bound && (clock !== undefined || (part !== undefined && (dates?.unit === "day" || part.day !== undefined)));

/** A weekday at the end of a range is the one that follows its start. */
const nextAfter = (from: number | null, to: number | null): number | null =>
  from === null || to === null || to > from ? to : to + 7 * DAY;

/** "between now and eight o'clock". */
function fromNow(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Meaning> | undefined {
  const end = after(t, i, "now", "and|to|until|till");
  const last = end > 0 ? slotsAt(t, end, { env, dates, expectsTime: true }) : undefined;
  if (!last?.clock || last.to || last.bound) return undefined;
  const conv = { ...env.conv, bareTime: "next" as const, halfOfDay: "next" as const };
  const meaning = meaningOf(last, { ...env, conv });
  const to = meaning?.readings[0]?.from;
  const from = env.now.day * DAY + env.now.second;
  if (!meaning || to === null || to === undefined || to < from) return undefined;
  return { kind: "datetimerange", readings: [{ from, to }], grain: meaning.grain, end: last.end };
}

const NOW = [
  "right now",
  "now",
  "asap",
  "as soon as possible",
  "at this time",
  "at the moment",
  "this moment",
  "immediately",
  "straight away",
  "right away",
].map((each) => each.split(" "));

const NOW_STARTS = new Set(NOW.map(([first]) => first));

function now(t: readonly Token[], i: number, env: Env): Read<Meaning> | undefined {
  if (!NOW_STARTS.has(at(t, i).text) || at(t, i - 1).text === "from") return undefined;
  const end = Math.max(...NOW.map((words) => after(t, i, ...words)));
  if (end < 0) return undefined;
  const moment = env.now.day * DAY + env.now.second;
  const isOpen = /^(asap|as)$/.test(at(t, i).text);
  return isOpen
    ? { kind: "datetimerange", readings: [{ from: moment, to: null }], grain: "second", end }
    : { kind: "datetime", readings: [{ from: moment, to: moment }], grain: "second", end };
}

/** "within 2 days", "within the next hour". */
function within(t: readonly Token[], i: number, env: Env): Read<Meaning> | undefined {
  const start = Math.max(
    after(t, i, "within", "the", "next"),
    after(t, i, "within", "the|next"),
    after(t, i, "within"),
  );
  if (start < 0) return undefined;
  const unit = unitAt(t, start);
  const read = duration(t, start) ?? (unit && { duration: sized(unit.unit, 1), end: unit.end });
  if (!read) return undefined;
  const from = env.now.day * DAY + env.now.second;
  const isDays = read.duration.seconds === 0;
  const base = isDays ? env.now.day * DAY : from;
  return {
    kind: isDays ? "daterange" : "datetimerange",
    readings: [{ from: base, to: momentAfter(base, read.duration) }],
    grain: "range",
    end: read.end,
  };
}

const momentAfter = (base: number, length: Duration): number => {
  const moment = shifted({ day: Math.floor(base / DAY), second: base % DAY }, length, 1);
  return moment.day * DAY + moment.second;
};

/** A length of time that says nothing of when: "two days", "all week". */
function length(t: readonly Token[], i: number, dates: DateReader): Read<Meaning> | undefined {
  const start = after(t, i, "for") > 0 ? i + 1 : i;
  const dash =
    after(t, start, "all|full|whole|entire", "-") > 0
      ? start + 2
      : after(t, start, "all|full|whole|entire") > 0
        ? start + 1
        : -1;
  const the = start > i && dash < 0 ? after(t, start, "the|another") : -1;
  const unit = dash > 0 ? unitAt(t, dash) : the > 0 ? unitAt(t, the) : undefined;
  const read = duration(t, start) ?? (unit && { duration: sized(unit.unit, 1), end: unit.end });
  if (!read || boundAt(t, i) || after(t, read.end, "old") > 0) return undefined;
  if ((start > i && (dates(start)?.end ?? 0) > read.end) || (dash > 0 && (dates(dash)?.end ?? 0) > read.end))
    return undefined;
  if (the > 0 && /^(commencing|beginning|starting|of|after|before)$/.test(at(t, read.end).text)) return undefined;
  const seconds = read.duration.length;
  return { kind: "duration", readings: [{ from: seconds, to: seconds }], grain: read.duration.unit, end: read.end };
}

/** "Partner of the week", "410c-413d": no time is meant. */
function isOfIt(t: readonly Token[], i: number, { kind, grain }: Read<Meaning>): boolean {
  const before = at(t, i - 1);
  if (kind === "duration") return at(t, i).glued && before.text === "-" && before.glued;
  return (
    kind === "daterange" &&
    /^(week|month|year)$/.test(grain) &&
    before.text === "of" &&
    at(t, i).text === "the" &&
    at(t, i + 1).text === grain
  );
}

/** Glued to a word, an address or a number it is no date: "ABC-12345", "page5". */
function isPartOfWord(t: readonly Token[], i: number, end: number): boolean {
  const first = at(t, i);
  const next = at(t, end);
  const before = at(t, i - 1);
  if (first.glued && before.kind === "word" && first.kind === "num") return true;
  if (first.glued && first.kind === "num" && /^[$€£#_%]$/.test(before.text)) return true;
  return next.glued && next.kind !== "sym" && next.kind !== "end" && at(t, end - 1).kind !== "sym";
}
