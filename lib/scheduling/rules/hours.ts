import { type Day, weekdayOf } from "./civil";
import { toInstant, type Zone } from "./zone";

/** Local minutes since midnight, start inclusive, end exclusive; 1440 is midnight at the end of the day. */
export type Span = { startMinute: number; endMinute: number };

/** Hours by weekday (0 = Sunday) and what replaces them on single dates (no spans = closed). */
export type Hours = { weekly: readonly (readonly Span[])[]; overrides: ReadonlyMap<Day, readonly Span[]> };

/**
 * Stretches of open time in epoch milliseconds, three numbers each: start, end, and how far one may go on without a break
 * (the end of the last stretch that touches). Sorted by start. A stretch belongs to one local day: its start carries the grid.
 */
export type Open = Float64Array;

export const spansOn = (hours: Hours, day: Day): readonly Span[] =>
  hours.overrides.get(day) ?? hours.weekly[weekdayOf(day)] ?? [];

/** Pairs (start, end) in epoch milliseconds of the hours of every day from `fromDay` to `toDay`, both included. */
export function instantsOf(hours: Hours, zone: Zone, fromDay: Day, toDay: Day): number[] {
  const pairs: number[] = [];
  for (let day = fromDay; day <= toDay; day++) {
    for (const span of spansOn(hours, day)) {
      const start = toInstant(zone, day, span.startMinute);
      const end = toInstant(zone, day, span.endMinute);
      if (start < end) pairs.push(start, end);
    }
  }
  return sorted(pairs);
}

/** Where two lists of pairs, each sorted, are both open. */
export function intersect(a: readonly number[], b: readonly number[]): number[] {
  const pairs: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    const start = a[i] ?? 0;
    const end = a[i + 1] ?? 0;
    while (j < b.length && (b[j + 1] ?? 0) <= start) j += 2;
    for (let k = j; k < b.length && (b[k] ?? 0) < end; k += 2) {
      const low = Math.max(start, b[k] ?? 0);
      const high = Math.min(end, b[k + 1] ?? 0);
      if (low < high) pairs.push(low, high);
    }
  }
  return sorted(pairs);
}

/** By start: an edge inside a clock change's gap is moved past what comes after it. */
function sorted(pairs: number[]): number[] {
  for (let i = 2; i < pairs.length; i += 2) {
    if ((pairs[i] ?? 0) >= (pairs[i - 2] ?? 0)) continue;
    const entries = Array.from({ length: pairs.length / 2 }, (_, k) => [pairs[2 * k] ?? 0, pairs[2 * k + 1] ?? 0]);
    return entries.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).flat();
  }
  return pairs;
}

/** Adds to each pair how far time goes on without a break. */
export function withReach(pairs: readonly number[]): Open {
  const open = new Float64Array((pairs.length / 2) * 3);
  let reach = 0;
  let nextStart = Number.POSITIVE_INFINITY;
  for (let i = pairs.length - 2, o = open.length - 3; i >= 0; i -= 2, o -= 3) {
    const end = pairs[i + 1] ?? 0;
    reach = nextStart <= end ? Math.max(reach, end) : end;
    nextStart = pairs[i] ?? 0;
    open[o] = nextStart;
    open[o + 1] = end;
    open[o + 2] = reach;
  }
  return open;
}

/** True when [startMs, endMs) lies in open time without a break. */
export function covers(open: Open, startMs: number, endMs: number): boolean {
  for (let i = 0; i < open.length; i += 3)
    if ((open[i] ?? 0) <= startMs && startMs < (open[i + 1] ?? 0) && endMs <= (open[i + 2] ?? 0)) return true;
  return false;
}
