import { DAY_MS, dayOf, isoOf } from "../civil";

/** Milliseconds of a wall clock since 1970-01-01T00:00 of that same wall clock. */
export type LocalMs = number;

/** A date (local midnight), a wall-clock time, or an instant (`utc`: milliseconds since the epoch). */
export type LocalTime = { kind: "date" | "local" | "utc"; ms: LocalMs };

const FORM = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(Z)?)?$/i;

/** Reads 20261124, 20261124T090000, 20261124T140000Z, with or without `-` and `:`. undefined unless that date and time exist. */
export function parseLocalTime(text: string): LocalTime | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second = "00", utc] = match;
  const day = dayOf(Number(year), Number(month), Number(dayOfMonth));
  if (isoOf(day) !== `${year}-${month}-${dayOfMonth}`) return undefined;
  if (hour === undefined) return { kind: "date", ms: day * DAY_MS };
  // 24:00:00 and a leap second's :60 are the next day's and minute's beginning.
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  if (Number(hour) === 24 && Number(minute) + Number(second) > 0) return undefined;
  const ms = day * DAY_MS + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
  return { kind: utc ? "utc" : "local", ms };
}

/** `2026-11-24T09:00:00`. */
export function isoLocalTime(ms: LocalMs): string {
  const day = Math.floor(ms / DAY_MS);
  const seconds = Math.floor((ms - day * DAY_MS) / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${isoOf(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
