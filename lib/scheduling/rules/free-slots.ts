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
 * it must not touch busy time. The loops are arithmetic on epoch milliseconds: the starts of open time once for all who share it, then
 * for each person those that busy time leaves.
 */
export function freeSlots(query: SlotQuery): FreeSlot[] {
  const { people, fromMs, toMs } = query;
  if (fromMs >= toMs || people.length === 0) return [];
  const startsOf = new Map<Open, Float64Array>();
  for (const { open } of people) if (!startsOf.has(open)) startsOf.set(open, startsIn(open, query));
  const [only] = startsOf.values();
  const all = startsOf.size === 1 && only ? only : union([...startsOf.values()], fromMs, toMs);
  const free = marks(all.length * people.length);
  for (let p = 0; p < people.length; p++) {
    const person = people[p] as Person;
    markFree(query.shape, startsOf.get(person.open) ?? all, all, person.busy, free, p, people.length);
  }
  return collect(all, people, free);
}

/** One byte for each start and person; kept between queries and left empty by each. */
let scratch = new Uint8Array(1 << 16);

function marks(length: number): Uint8Array {
  if (scratch.length >= length) return scratch;
  const made = new Uint8Array(length);
  if (length <= MOST_KEPT) scratch = made;
  return made;
}

const MOST_KEPT = 1 << 20;

function collect(all: Float64Array, people: readonly Person[], free: Uint8Array): FreeSlot[] {
  const slots: FreeSlot[] = [];
  let at = 0;
  for (let s = 0; s < all.length; s++) {
    const staffIds: string[] = [];
    for (let p = 0; p < people.length; p++) {
      if (free[at] === 1) {
        free[at] = 0;
        staffIds.push((people[p] as Person).id);
      }
      at++;
    }
    if (staffIds.length > 0) slots.push({ startMs: all[s] as number, staffIds });
  }
  return slots;
}

/** Marks in column `p` of `free` the starts of one person that busy time leaves; `starts` are some of `all`. */
function markFree(
  shape: SlotShape,
  starts: Float64Array,
  all: Float64Array,
  busy: Busy,
  free: Uint8Array,
  p: number,
  width: number,
): void {
  const before = shape.bufferBeforeMinutes * MINUTE_MS;
  const length = (shape.durationMinutes + shape.bufferAfterMinutes) * MINUTE_MS;
  const isAll = starts === all;
  let row = 0;
  let b = 0;
  let busyStart = busy.length > 0 ? (busy[0] as number) : Number.POSITIVE_INFINITY;
  let busyEnd = busy.length > 0 ? (busy[1] as number) : Number.POSITIVE_INFINITY;
  for (let s = 0; s < starts.length; s++) {
    const at = starts[s] as number;
    if (isAll) row = s;
    else while ((all[row] as number) < at) row++;
    while (busyEnd <= at - before) {
      b += 2;
      busyStart = b < busy.length ? (busy[b] as number) : Number.POSITIVE_INFINITY;
      busyEnd = b < busy.length ? (busy[b + 1] as number) : Number.POSITIVE_INFINITY;
    }
    if (busyStart >= at + length) free[row * width + p] = 1;
  }
}

/** The starts of several people, ascending and each once. */
function union(lists: readonly Float64Array[], fromMs: number, toMs: number): Float64Array {
  const baseMinute = Math.floor(fromMs / MINUTE_MS);
  const minutes = new Uint8Array(Math.ceil(toMs / MINUTE_MS) - baseMinute);
  let count = 0;
  for (const starts of lists)
    for (let s = 0; s < starts.length; s++) {
      const minute = (starts[s] as number) / MINUTE_MS - baseMinute;
      if (minutes[minute] === 1) continue;
      minutes[minute] = 1;
      count++;
    }
  const all = new Float64Array(count);
  for (let minute = 0, n = 0; n < count; minute++)
    if (minutes[minute] === 1) all[n++] = (baseMinute + minute) * MINUTE_MS;
  return all;
}

/** Every start that open time allows, ascending and each once. */
function startsIn(open: Open, { zone, shape, fromMs, toMs, window }: SlotQuery): Float64Array {
  const duration = shape.durationMinutes * MINUTE_MS;
  const grid = shape.gridMinutes * MINUTE_MS;
  const starts: number[] = [];
  let isAscending = true;
  for (let o = 0; o < open.length; o += 3) {
    const start = open[o] as number;
    const last = Math.min((open[o + 1] as number) - 1, (open[o + 2] as number) - duration, toMs - 1);
    const first = Math.max(start, fromMs);
    if (first > last) continue;
    let segment = indexAt(zone, start);
    const anchor = start + (zone.offsets[segment] ?? 0);
    if (first !== start) segment = indexAt(zone, first);
    if (starts.length > 0 && first <= (starts.at(-1) as number)) isAscending = false;
    let at = first;
    while (at <= last) {
      const offset = zone.offsets[segment] ?? 0;
      const segmentLast = Math.min(last, (zone.starts[segment + 1] ?? Number.POSITIVE_INFINITY) - 1);
      at = ceilTo(at + offset - anchor, grid) + anchor - offset;
      for (; at <= segmentLast; at += grid) if (!window || isIn(window, at + offset)) starts.push(at);
      segment++;
      at = Math.max(segmentLast + 1, first);
    }
  }
  const found = Float64Array.from(starts);
  // Hours that a clock change pushes into one another overlap.
  return isAscending ? found : Float64Array.from(new Set(found.sort()));
}

const ceilTo = (value: number, step: number): number => Math.ceil(value / step) * step;

function isIn(window: { fromMinute: number; toMinute: number }, localMs: number): boolean {
  const minute = (localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS;
  return minute >= window.fromMinute && minute < window.toMinute;
}
