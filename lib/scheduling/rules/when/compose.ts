import type { Day } from "../civil";
import { readingsOf } from "./clock";
import { isOfDays, shifted } from "./durations";
import type { Env, Found, Reading } from "./meaning";
import { fits } from "./parts";
import type { Slots } from "./slots";

export const DAY = 86_400;

type Meaning = Pick<Found, "kind" | "readings" | "grain" | "edge" | "days">;

const unique = (readings: Reading[]): Reading[] => {
  const seen = new Set<string>();
  return readings.filter(({ from, to }) => {
    const key = `${from} ${to}`;
    return seen.has(key) ? false : seen.add(key);
  });
};

/** What a phrase means against the reference: days and times of day joined, every way they can be. */
export function meaningOf(slots: Slots, env: Env): Meaning | undefined {
  const isPlain = slots.bound?.isFrom && env.conv.bareFrom === "plain" && !slots.length;
  const meaning = joined(isPlain ? { ...slots, bound: undefined } : slots, env);
  if (!meaning || meaning.readings.length === 0) return undefined;
  const edge = slots.clock ? undefined : slots.part?.edge;
  const span = slots.clock && slots.dates && slots.dates.unit !== "day" ? slots.dates.spans[0] : undefined;
  return { ...meaning, ...(edge ? { edge } : {}), ...(span ? { days: span } : {}), readings: unique(meaning.readings) };
}

function joined(slots: Slots, env: Env): Meaning | undefined {
  const { dates, clock, part } = slots;
  if (dates?.moment) return momentOf(slots, env);
  const days = dates
    ? dates.spans.map(({ from }) => from)
    : part?.day === undefined
      ? undefined
      : [env.now.day + part.day];
  if (clock) return timed(slots, env, days);
  if (part) {
    const [from, to] = [part.window.fromMinute * 60, part.window.toMinute * 60];
    const bounded = (base: number): Reading => bounds(slots, env, base + from, base + to);
    if (!days && env.conv.bareTime === "next")
      return { kind: "datetimerange", readings: [nextOf(bounded(0), env)], grain: "part" };
    if (!days) return { kind: "timerange", readings: [bounded(0)], grain: "part" };
    const grain = part.name === "day" ? "range" : "part";
    return { kind: "datetimerange", readings: days.map((day) => bounded(day * DAY)), grain };
  }
  if (!dates) return undefined;
  const { bound, length } = slots;
  if (length && isOfDays(length)) {
    const readings = dates.spans.map(({ from }) => ({
      from: from * DAY,
      to: shifted({ day: from, second: 0 }, length, 1).day * DAY,
    }));
    return { kind: "daterange", readings, grain: "range" };
  }
  const isDay = dates.unit === "day";
  if (!bound)
    return {
      kind: isDay ? "date" : "daterange",
      readings: dates.spans.map(({ from, to }) => ({ from: from * DAY, to: to * DAY })),
      grain: dates.unit,
    };
  const readings = dates.spans.map(({ from, to }): Reading => bounds(slots, env, from * DAY, to * DAY));
  return { kind: "daterange", readings, grain: "range" };
}

/** "after the 10th" begins when that is over, "from the 10th" with it; "until March" ends as ranges do. */
function bounds({ bound, dates }: Slots, env: Env, from: number, to: number): Reading {
  if (!bound) return { from, to };
  const isDay = env.conv.rangeEnd === "excluded" && (dates?.unit === "day" || bound.side === "until");
  if (bound.side === "until") return { from: null, to: bound.isIncluded && !isDay ? to : from };
  return { from: bound.isIncluded || isDay ? from : to, to: null };
}

function momentOf({ dates, clock, part, bound }: Slots, env: Env): Meaning | undefined {
  const moment = dates?.moment;
  if (!moment || clock || part) return undefined;
  const at = moment.day * DAY + moment.second;
  const base = dates?.base ?? env.now;
  const now = base.day * DAY + base.second;
  const grain = dates?.base ? "range" : (dates?.unit ?? "minute");
  if (dates?.open === "until") return { kind: "datetimerange", readings: [{ from: now, to: at }], grain };
  if (dates?.open === "from") return { kind: "datetimerange", readings: [{ from: at, to: now }], grain };
  if (bound)
    return {
      kind: "datetimerange",
      readings: [bound.side === "from" ? { from: at, to: null } : { from: null, to: at }],
      grain,
    };
  return { kind: "datetime", readings: [{ from: at, to: at }], grain };
}

function timed(slots: Slots, env: Env, days: Day[] | undefined): Meaning | undefined {
  const { clock, to, part, bound, length } = slots;
  if (!clock) return undefined;
  const finer = length?.unit === "minute" || length?.unit === "second" ? length.unit : clock.grain;
  const grain = to && to.grain !== "hour" ? to.grain : finer;
  const times = to ? pairsOf(slots) : chosen(slots, readingsOf(clock)).map((at): Reading => ({ from: at, to: at }));
  if (times.length === 0) return undefined;
  const isRange = to !== undefined || bound !== undefined || length !== undefined;
  const shaped = times.map(({ from, to: end }): Reading => {
    if (bound && !(length && bound.side === "from"))
      return bound.side === "from" ? { from, to: null } : { from: null, to: from };
    return length ? { from, to: (from ?? 0) + length.length } : { from, to: end };
  });
  const half = env.conv.halfOfDay;
  if (!days && env.conv.bareTime === "next") {
    const readings = shaped.map((each) => nextOf(each, env));
    readings.sort((a, b) => (a.from ?? a.to ?? 0) - (b.from ?? b.to ?? 0));
    return {
      kind: isRange ? "datetimerange" : "datetime",
      readings: half === "both" ? readings : readings.slice(0, 1),
      grain,
    };
  }
  const kept = half === "both" ? shaped : shaped.slice(0, 1);
  if (!days) return { kind: isRange ? "timerange" : "time", readings: kept, grain };
  const isNight = part?.name === "night" && part.day === 0 && (kept[0]?.from ?? DAY) < 6 * 3600;
  const readings = days.flatMap((day) =>
    kept.map(({ from, to: end }) => {
      const base = (isNight && day * DAY + (from ?? 0) < env.now.day * DAY + env.now.second ? day + 1 : day) * DAY;
      return { from: from === null ? null : base + from, to: end === null ? null : base + end };
    }),
  );
  return { kind: isRange ? "datetimerange" : "datetime", readings, grain };
}

/** The readings that fit the part of the day that was said; all of them where none does. */
function chosen({ part, clock }: Slots, seconds: number[]): number[] {
  if (!part) return seconds;
  if (part.name === "night" && !clock?.isFixed && seconds.includes(0)) return [0];
  const fitting = seconds.filter((at) => fits(part, at));
  return fitting.length > 0 ? fitting : seconds;
}

export function nextOf({ from, to }: Reading, env: Env): Reading {
  const at = from !== null && to !== null ? to : (from ?? to ?? 0);
  const base = (at <= env.now.second ? env.now.day + 1 : env.now.day) * DAY;
  return { from: from === null ? null : base + from, to: to === null ? null : base + to };
}

/** Start and end of a range of times. What was said of the end holds for the start where that leaves a range; never past midnight unless both say so. */
function pairsOf(slots: Slots): Reading[] {
  const { clock, to, part } = slots;
  if (!clock || !to) return [];
  const starts = readingsOf(clock);
  const ends = readingsOf(to);
  const all: Reading[] = [];
  for (const from of starts) {
    const later = ends.filter((end) => end > from).sort((a, b) => a - b)[0];
    if (later !== undefined) all.push({ from, to: later });
  }
  if (all.length === 0) {
    const [from = 0, end = 0] = [starts.find((each) => part && fits(part, each)) ?? starts[0], ends[0]];
    return [{ from, to: end === 0 ? DAY : end > from ? end : to.isFixed && clock.isFixed ? end + DAY : end + DAY }];
  }
  const shortest = Math.min(...all.map((each) => (each.to ?? 0) - (each.from ?? 0)));
  const near = all.filter((each) => (each.to ?? 0) - (each.from ?? 0) === shortest);
  if (!part) return near;
  const fitting = all.filter((each) => fits(part, each.to ?? 0) || fits(part, each.from ?? 0));
  const both = fitting.filter((each) => fits(part, each.from ?? 0) && near.includes(each));
  return both.length > 0 ? both : fitting.length > 0 ? fitting : near;
}
