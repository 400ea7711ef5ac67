import { formatTime } from "@/components/ui/time-format";

/** Dates have no zone: read as UTC, written as UTC. */
const noon = (iso: string) => new Date(`${iso}T12:00:00Z`);
const written = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const dayParts = { weekday: "long", day: "numeric", month: "long" } as const;
const dayFormat = written(dayParts);
const monthFormat = written({ month: "long", year: "numeric" });

/** "Tuesday 24 November". */
export const sayDay = (iso: string): string => dayFormat.format(noon(iso));
/** "November 2026", of "2026-11". */
export const sayMonth = (month: string): string => monthFormat.format(noon(`${month}-01`));

/** "Tuesday, 24 November 2026, 10:30 – 11:00": what is booked may lie in another year. */
export function saySpan(startsAt: Date, endsAt: Date, zone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { ...dayParts, year: "numeric", timeZone: zone }).format(startsAt);
  return `${day}, ${formatTime(startsAt, zone, "time")} – ${formatTime(endsAt, zone, "time")}`;
}

/** The business's reading of an instant beside the visitor's: "15:30", with its day where that is another one. */
export function besides(instant: number | Date, zone: string, businessZone: string): string {
  const isSameDay = formatTime(instant, zone, "date") === formatTime(instant, businessZone, "date");
  return formatTime(instant, businessZone, isSameDay ? "time" : "short");
}

/** Whether two zones' clocks read alike at every one of these instants. */
export const readAlike = (instants: readonly (number | Date)[], a: string, b: string): boolean =>
  a === b || instants.every((at) => formatTime(at, a, "short") === formatTime(at, b, "short"));

/** "America/New York". */
export const inWords = (zone: string): string => zone.replaceAll("_", " ");

/** "New York" of "America/New_York". */
export const cityOf = (zone: string): string => zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
