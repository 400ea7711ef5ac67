import { DAY_MS, type Day, MINUTE_MS } from "./civil";

/**
 * A time zone as a table: `offsets[i]` (milliseconds, wall clock minus UTC) holds from `starts[i]` until `starts[i + 1]`.
 * Looking one up costs ~20 ns against ~1,000 ns for a cached Intl formatter.
 */
export type Zone = {
  readonly name: string;
  readonly starts: Float64Array;
  readonly offsets: Float64Array;
  /** From here on, and before the first of `starts`, the runtime is asked by name instead. */
  readonly endMs: number;
};

const FROM = Date.UTC(2010, 0, 1);
const TO = Date.UTC(2061, 0, 1);
/** No zone has changed its offset twice within a week since 2010. */
const PROBE = 7 * DAY_MS;
/** More than the largest offset there is (+14 h), so that nothing is looked for too late. */
const WIDEST = 15 * 60 * MINUTE_MS;

const zones = new Map<string, Zone>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The zone of an IANA name; built at its first use (1–5 ms), kept for the process. Throws RangeError for an unknown name. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = build(name);
  zones.set(name, zone);
  return zone;
}

/** A zone of its own table: each offset (milliseconds) holds from its instant on; the first holds before it too. */
export function zoneFrom(name: string, changes: readonly { atMs: number; offsetMs: number }[]): Zone {
  const sorted = [...changes].sort((a, b) => a.atMs - b.atMs);
  return {
    name,
    starts: Float64Array.from(sorted, ({ atMs }, n) => (n === 0 ? Number.NEGATIVE_INFINITY : atMs)),
    offsets: Float64Array.from(sorted, ({ offsetMs }) => offsetMs),
    endMs: Number.POSITIVE_INFINITY,
  };
}

export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Wall clock minus UTC at an instant, in milliseconds. */
export function offsetAt(zone: Zone, instantMs: number): number {
  if (instantMs < (zone.starts[0] ?? 0) || instantMs >= zone.endMs) return askIntl(zone.name, instantMs);
  return zone.offsets[indexAt(zone, instantMs)] ?? 0;
}

/** Milliseconds of the wall clock since 1970-01-01T00:00 of that same wall clock. */
export const toLocal = (zone: Zone, instantMs: number): number => instantMs + offsetAt(zone, instantMs);

export const localDayOf = (zone: Zone, instantMs: number): Day => Math.floor(toLocal(zone, instantMs) / DAY_MS);

export const localMinuteOf = (zone: Zone, instantMs: number): number =>
  Math.floor((((toLocal(zone, instantMs) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);

/**
 * The instant of a wall-clock time, by the rule Temporal calls "compatible": a time that does not exist (clocks go forward) is moved
 * forward by the gap, one that exists twice (clocks go back) is the first. `minute` may be 1440: midnight at the end of the day.
 */
export function toInstant(zone: Zone, day: Day, minute: number): number {
  return instantOfLocal(zone, day * DAY_MS + minute * MINUTE_MS);
}

/** The same for milliseconds of the wall clock (what `toLocal` gives). */
export function instantOfLocal(zone: Zone, local: number): number {
  const { starts, offsets, endMs } = zone;
  if (local < (starts[0] ?? 0) + PROBE || local >= endMs - PROBE) return outsideTable(zone, local);
  let i = indexAt(zone, local - WIDEST);
  for (;;) {
    const instant = local - (offsets[i] ?? 0);
    const end = starts[i + 1] ?? Number.POSITIVE_INFINITY;
    if (instant < end) return instant;
    const inNext = local - (offsets[i + 1] ?? 0);
    if (inNext < end) return instant;
    i++;
  }
}

/** The instants a wall clock shows `local` at: one, none (clocks go forward over it) or two, the first first (they go back over it). */
export function instantsAt(zone: Zone, local: number): number[] {
  const offsets = new Set([offsetAt(zone, local - WIDEST), offsetAt(zone, local), offsetAt(zone, local + WIDEST)]);
  const instants = [...offsets].map((offset) => local - offset);
  return instants.filter((instant) => toLocal(zone, instant) === local).sort((a, b) => a - b);
}

/** The index of the interval that holds at an instant inside the table. */
export function indexAt(zone: Zone, instantMs: number): number {
  const { starts } = zone;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

function outsideTable(zone: Zone, local: number): number {
  const before = offsetAt(zone, local - DAY_MS);
  const after = offsetAt(zone, local + DAY_MS);
  if (before === after || offsetAt(zone, local - before) === before) return local - before;
  return offsetAt(zone, local - after) === after ? local - after : local - before;
}

function build(name: string): Zone {
  const starts = [FROM];
  const offsets = [askIntl(name, FROM)];
  let offset = offsets[0] ?? 0;
  for (let at = FROM + PROBE; at < TO; at += PROBE) {
    const next = askIntl(name, at);
    if (next === offset) continue;
    let low = at - PROBE;
    let high = at;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (askIntl(name, middle) === offset) low = middle;
      else high = middle;
    }
    starts.push(high);
    offsets.push(next);
    offset = next;
  }
  return { name, starts: Float64Array.from(starts), offsets: Float64Array.from(offsets), endMs: TO };
}

function formatterOf(name: string): Intl.DateTimeFormat {
  let formatter = formatters.get(name);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(name, formatter);
  }
  return formatter;
}

function askIntl(name: string, instantMs: number): number {
  const whole = Math.floor(instantMs / 1000) * 1000;
  const [month, day, year, hour, minute, second] = (formatterOf(name).format(whole).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) - whole;
}
