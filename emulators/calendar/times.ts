import { Temporal } from "temporal-polyfill";
import type { Times } from "./records";

export interface Window {
  fromMs: number;
  toMs: number;
}

export const everything: Window = { fromMs: -8.64e15, toMs: 8.64e15 };

/** Half-open instants; a day begins where it begins in its zone. */
export function boundsOf(times: Times): { startMs: number; endMs: number } {
  if (!times.isAllDay) return times;
  return { startMs: dayStart(times.startDay, times.zone), endMs: dayStart(times.endDay, times.zone) };
}

export const dayStart = (day: string, zone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;

export function overlaps(times: Times, window: Window): boolean {
  const { startMs, endMs } = boundsOf(times);
  return startMs < window.toMs && (endMs > window.fromMs || (startMs === endMs && startMs >= window.fromMs));
}

export const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");

/** Where an occurrence stood in its series: an instant, or a day. */
export const originalStartOf = (times: Times): string => (times.isAllDay ? times.startDay : isoSeconds(times.startMs));

/** `20261121T090000Z` or `20261121`: how an occurrence's id names where it stood. */
export const stampOf = (originalStart: string): string => originalStart.replace(/[-:]/g, "");

/** A civil time with an offset from UTC, as a calendar in that zone shows it: `2026-11-21T10:00:00+01:00`. */
export const withOffset = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: "second" })
    .replace(/\+00:00$/, "Z");

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The instant of a civil time in a zone; one that is skipped comes after the gap. */
export const civilToMs = (civil: string, zone: string): number =>
  Temporal.PlainDateTime.from(civil).toZonedDateTime(zone).epochMilliseconds;
