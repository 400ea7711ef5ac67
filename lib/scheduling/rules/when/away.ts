import { onOrAfter } from "./calendar";
import type { DateReader } from "./dates";
import { type Duration, duration, isOfDays, shifted, sized, unitAt } from "./durations";
import type { Dates, Env } from "./meaning";
import { oneDay } from "./named-days";
import { cardinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { EVERY_WEEKDAY, WEEKDAYS } from "./words";

const ANCHORS = new Set(["from", "after", "since", "following", "past"]);

/** "in 3 days", "two weeks from tomorrow", "3 days ago", "a week hence", "three months after easter", "in a fortnight's time", "in two or three days". */
export function away(t: readonly Token[], i: number, env: Env, dates: DateReader): Read<Dates> | undefined {
  const inIt = after(t, i, "in");
  const start = inIt > 0 ? inIt : i;
  const about = roughly(t, start, inIt > 0);
  const counted = weekdaysAway(t, about, env);
  if (counted) return counted;
  const several = eitherOf(t, about);
  const length = several ?? duration(t, about);
  if (!length) return beside(t, start, dates) ?? weekdayBeside(t, start, dates);
  const placedAt = directed(t, length.end, inIt > 0);
  if (placedAt) {
    const there = placed(env.now, length.duration, placedAt.sign, placedAt.end);
    return several && there.unit === "day" ? stretched(there, placed(env.now, several.least, placedAt.sign, 0)) : there;
  }
  const weekOn = weeksOn(t, length.end, length.duration, env, dates);
  return weekOn ?? fromAnchor(t, length.end, length.duration, dates);
}

/** "in about", "in less than", "roughly". */
function roughly(t: readonly Token[], i: number, isIn: boolean): number {
  const most = isIn
    ? Math.max(after(t, i, "less|under|fewer", "than"), after(t, i, "under"), after(t, i, "at", "most"))
    : -1;
  return Math.max(i, most, after(t, i, "about|around|approximately|roughly|exactly"));
}

/** What says that a length is counted from now, and in which direction. */
function directed(t: readonly Token[], i: number, isIn: boolean): Read<{ sign: 1 | -1 }> | undefined {
  const ago = Math.max(after(t, i, "ago|earlier|back"), after(t, i, "before", "now"));
  if (ago > 0) return { sign: -1, end: ago };
  const later = Math.max(
    after(t, i, "from|after", "now|today"),
    after(t, i, "hence|later|out"),
    after(t, i, "in", "the", "future"),
    isIn ? after(t, i, "time") : -1,
  );
  if (later > 0) return { sign: 1, end: later };
  const isAnchored = ANCHORS.has(at(t, i).text) || /^(before|prior|on)$/.test(at(t, i).text);
  return isIn && !isAnchored ? { sign: 1, end: i } : undefined;
}

/** "two or three days", "2-3 weeks": the longer, and the shorter as `least`. */
function eitherOf(t: readonly Token[], i: number): Read<{ duration: Duration; least: Duration }> | undefined {
  const first = cardinal(t, i);
  if (!first || !/^(to|or|-)$/.test(at(t, first.end).text)) return undefined;
  const read = duration(t, first.end + 1);
  if (!read || read.duration.count <= first.value) return undefined;
  return { ...read, least: sized(read.duration.unit, first.value) };
}

function stretched(a: Read<Dates>, b: Read<Dates>): Read<Dates> {
  const all = [...a.spans, ...b.spans];
  const span = { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) };
  return { spans: [span], unit: "range", end: a.end };
}

/** "The day after Christmas", "the week before Easter". */
function beside(t: readonly Token[], i: number, dates: DateReader): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const unit = after(t, the, "day|week", "after|before") > 0 ? unitAt(t, the) : undefined;
  return unit && fromAnchor(t, unit.end, sized(unit.unit, 1), dates);
}

/** "The Monday after Easter", "the last Friday before Christmas", "Tuesday after next week". */
function weekdayBeside(t: readonly Token[], i: number, dates: DateReader): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const named = after(t, the, "first|next|last") > 0 ? the + 1 : the;
  const weekday = WEEKDAYS.get(at(t, named).text);
  const side = at(t, named + 1).text;
  if (weekday === undefined || !/^(after|before|following)$/.test(side)) return undefined;
  const anchor = dates(named + 2);
  if (!anchor || anchor.moment || anchor.spans.length === 0) return undefined;
  const spans = anchor.spans.map(({ from, to }) => oneDay(onOrAfter(side === "before" ? from - 7 : to, weekday)));
  return { spans, unit: "day", end: anchor.end };
}

/** "Thursday of the week after next", "Monday in the week of the 3rd". */
export function weekdayIn(t: readonly Token[], i: number, dates: DateReader): Read<Dates> | undefined {
  const weekday = WEEKDAYS.get(at(t, i).text);
  const week = weekday === undefined || after(t, i + 1, "of|in") < 0 ? undefined : dates(i + 2);
  if (weekday === undefined || week?.unit !== "week") return undefined;
  return {
    spans: week.spans.map(({ from }) => oneDay(onOrAfter(from, weekday))),
    unit: "day",
    end: week.end,
    ofWeek: true,
  };
}

/** "... from tomorrow", "... before Christmas", "... prior to the 3rd". */
function fromAnchor(t: readonly Token[], i: number, length: Duration, dates: DateReader): Read<Dates> | undefined {
  const { text } = at(t, i);
  const prior = after(t, i, "prior", "to");
  const isBefore = text === "before" || prior > 0;
  if (!ANCHORS.has(text) && !isBefore) return undefined;
  const next = prior > 0 ? prior : i + 1;
  const anchor = dates(after(t, next, "on|this|the") > 0 && !dates(next) ? next + 1 : next);
  const isPlaced = anchor && (anchor.unit === "day" || text === "after" || text === "since");
  if (!isPlaced || anchor.spans.length === 0 || !isOfDays(length)) return undefined;
  const sign = isBefore ? -1 : 1;
  const spans = anchor.spans.map(({ from }) => oneDay(shifted({ day: from, second: 0 }, length, sign).day));
  return { spans, unit: "day", end: anchor.end, ahead: sign };
}

/** "A week tomorrow", "two weeks on Friday". */
function weeksOn(
  t: readonly Token[],
  i: number,
  { unit, count }: Duration,
  env: Env,
  dates: DateReader,
): Read<Dates> | undefined {
  if ((unit !== "week" && unit !== "fortnight") || !Number.isInteger(count)) return undefined;
  const start = after(t, i, "on") > 0 ? i + 1 : i;
  const weekday = WEEKDAYS.get(at(t, start).text);
  const base = /^(today|tomorrow)$/.test(at(t, start).text)
    ? dates(start)?.spans[0]?.from
    : weekday === undefined
      ? undefined
      : onOrAfter(env.now.day + 1, weekday);
  const size = unit === "fortnight" ? 14 : 7;
  return base === undefined ? undefined : { spans: [oneDay(base + size * count)], unit: "day", end: start + 1 };
}

/** "three Fridays from now", "two Thursdays ago", "two weekends from now". */
function weekdaysAway(t: readonly Token[], i: number, { now }: Env): Read<Dates> | undefined {
  const count = cardinal(t, i);
  if (!count || count.value < 1 || count.value > 52) return undefined;
  const { text } = at(t, count.end);
  const isWeekend = /^weekends?$/.test(text);
  const weekday = isWeekend ? 6 : (EVERY_WEEKDAY.get(text) ?? WEEKDAYS.get(text));
  if (weekday === undefined) return undefined;
  const from = after(t, count.end + 1, "from", "now|today");
  const ago = after(t, count.end + 1, "ago");
  const first = from > 0 ? onOrAfter(now.day + 1, weekday) : onOrAfter(now.day - 7, weekday);
  const day = first + (count.value - 1) * (from > 0 ? 7 : -7);
  if (from < 0 && ago < 0) return undefined;
  const span = { from: day, to: day + (isWeekend ? 2 : 1) };
  return { spans: [span], unit: isWeekend ? "weekend" : "day", end: Math.max(from, ago) };
}

function placed(now: Env["now"], length: Duration, sign: 1 | -1, end: number): Read<Dates> {
  const moment = shifted(now, length, sign);
  if (isOfDays(length)) return { spans: [oneDay(moment.day)], unit: "day", end, ahead: sign };
  return { spans: [oneDay(moment.day)], unit: length.unit, end, moment };
}
