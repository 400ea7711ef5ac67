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
  const { people, fromMs, toMs } = query;
  if (fromMs >= toMs) return [];
  const slots: FreeSlot[] = [];
  const baseMinute = Math.floor(fromMs / MINUTE_MS);
  const slotAt = tableOf(Math.ceil(toMs / MINUTE_MS) - baseMinute);
  const starts: number[] = [];
  for (const person of people) {
    starts.length = 0;
    sweep(query, person, starts);
    for (const startMs of starts) {
      const minute = startMs / MINUTE_MS - baseMinute;
      const known = slots[(slotAt[minute] ?? 0) - 1];
      if (!known) slotAt[minute] = slots.push({ startMs, staffIds: [person.id] });
      else if (known.staffIds.at(-1) !== person.id) known.staffIds.push(person.id);
    }
  }
  for (const slot of slots) slotAt[slot.startMs / MINUTE_MS - baseMinute] = 0;
  return slots.sort((a, b) => a.startMs - b.startMs);
}

/** By minute of the range, one more than the index of its slot; kept between queries and left empty by each. */
let table = new Int32Array(0);

function tableOf(minutes: number): Int32Array {
  if (table.length < minutes) table = new Int32Array(minutes);
  return table;
}

/** Pushes every free start of one person. */
function sweep(query: SlotQuery, person: Person, starts: number[]): void {
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
        if (!window || isIn(window, at + offset)) starts.push(at);
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
