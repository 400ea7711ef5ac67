import type { Busy } from "./busy";
import { DAY_MS, MINUTE_MS } from "./civil";
import type { Open } from "./hours";
import { indexAt, type Zone } from "./zone";

/** What a service asks of a time. */
export type SlotShape = {
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  gridMinutes: number;
};

export type Person = { id: string; open: Open; busy: Busy };

export type SlotQuery = {
  /** The business's zone: the grid and the window are read on its wall clock. */
  zone: Zone;
  shape: SlotShape;
  people: readonly Person[];
  /** Starts from here (inclusive) … */
  fromMs: number;
  /** … to here (exclusive). */
  toMs: number;
  /** Only starts at local minutes in [fromMinute, toMinute). */
  window?: { fromMinute: number; toMinute: number } | undefined;
};

export type FreeSlot = { startMs: number; staffIds: string[] };

/**
 * Every start at which somebody is free, ascending, with everyone who is.
 *
 * A start counts from the beginning of its stretch of open time in steps of the grid on the wall clock, so that a day of a clock change
 * offers the times of any other day, less those that do not exist. The service must fit into open time; with its buffers
 * it must not touch busy time. The loop is arithmetic on epoch milliseconds.
 */
export function freeSlots(query: SlotQuery): FreeSlot[] {
  const count = query.people.length;
  if (count === 0 || query.fromMs >= query.toMs) return [];
  const keys: number[] = [];
  query.people.forEach((person, index) => {
    sweep(query, person, index, count, keys);
  });
  return gather(Float64Array.from(keys).sort(), query.people);
}

/** Pushes minute × count + index for every free start of one person: one number to sort by, unique per start and person. */
function sweep(query: SlotQuery, person: Person, index: number, count: number, keys: number[]): void {
  const { zone, shape, fromMs, toMs, window } = query;
  const { open, busy } = person;
  const duration = shape.durationMinutes * MINUTE_MS;
  const before = shape.bufferBeforeMinutes * MINUTE_MS;
  const after = shape.bufferAfterMinutes * MINUTE_MS;
  const grid = shape.gridMinutes * MINUTE_MS;
  let b = 0;
  for (let o = 0; o < open.length; o += 3) {
    const start = open[o] ?? 0;
    const last = Math.min((open[o + 1] ?? 0) - 1, (open[o + 2] ?? 0) - duration, toMs - 1);
    const first = Math.max(start, fromMs);
    if (first > last) continue;
    let segment = indexAt(zone, start);
    const anchor = start + (zone.offsets[segment] ?? 0);
    segment = indexAt(zone, first);
    let at = first;
    while (at <= last) {
      const offset = zone.offsets[segment] ?? 0;
      const segmentLast = Math.min(last, (zone.starts[segment + 1] ?? Number.POSITIVE_INFINITY) - 1);
      at = ceilTo(at + offset - anchor, grid) + anchor - offset;
      while (at <= segmentLast) {
        const blockStart = at - before;
        while (b > 0 && (busy[b - 1] ?? 0) > blockStart) b -= 2;
        while (b < busy.length && (busy[b + 1] ?? 0) <= blockStart) b += 2;
        if ((busy[b] ?? Number.POSITIVE_INFINITY) < at + duration + after) {
          at = ceilTo((busy[b + 1] ?? 0) + before + offset - anchor, grid) + anchor - offset;
          continue;
        }
        if (!window || isIn(window, at + offset)) keys.push((at / MINUTE_MS) * count + index);
        at += grid;
      }
      segment++;
      at = Math.max(segmentLast + 1, first);
    }
  }
}

const ceilTo = (value: number, step: number): number => Math.ceil(value / step) * step;

function isIn(window: { fromMinute: number; toMinute: number }, localMs: number): boolean {
  const minute = (localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS;
  return minute >= window.fromMinute && minute < window.toMinute;
}

function gather(keys: Float64Array, people: readonly Person[]): FreeSlot[] {
  const slots: FreeSlot[] = [];
  let current: FreeSlot | undefined;
  let previous = -1;
  for (const key of keys) {
    if (key === previous) continue;
    previous = key;
    const minute = Math.floor(key / people.length);
    const id = people[key - minute * people.length]?.id ?? "";
    const startMs = minute * MINUTE_MS;
    if (current?.startMs === startMs) current.staffIds.push(id);
    else {
      current = { startMs, staffIds: [id] };
      slots.push(current);
    }
  }
  return slots;
}
