import { Temporal } from "temporal-polyfill";
import { civilToMs, isZone } from "../calendar/times";
import { GraphError } from "./errors";

/** A few of Windows' names for time zones, and where they hold; the vendor knows about 140. */
const windowsZones: Record<string, string> = {
  UTC: "UTC",
  "GMT Standard Time": "Europe/London",
  "W. Europe Standard Time": "Europe/Berlin",
  "Romance Standard Time": "Europe/Paris",
  "Central Europe Standard Time": "Europe/Budapest",
  "E. Europe Standard Time": "Europe/Chisinau",
  "FLE Standard Time": "Europe/Kiev",
  "Russian Standard Time": "Europe/Moscow",
  "Eastern Standard Time": "America/New_York",
  "Central Standard Time": "America/Chicago",
  "Mountain Standard Time": "America/Denver",
  "Pacific Standard Time": "America/Los_Angeles",
  "E. South America Standard Time": "America/Sao_Paulo",
  "India Standard Time": "Asia/Calcutta",
  "China Standard Time": "Asia/Shanghai",
  "Tokyo Standard Time": "Asia/Tokyo",
  "AUS Eastern Standard Time": "Australia/Sydney",
  "New Zealand Standard Time": "Pacific/Auckland",
};

/** IANA's name for either kind of name. */
export function ianaOf(name: string): string {
  const zone = windowsZones[name] ?? name;
  if (!isZone(zone))
    throw new GraphError(400, "TimeZoneNotSupportedException", `A valid TimeZone value must be specified: ${name}`);
  return zone;
}

/** Windows' name where there is one; Graph names most zones so, whatever a client called them. */
export const windowsNameOf = (zone: string): string =>
  Object.entries(windowsZones).find(([, iana]) => iana === zone)?.[0] ?? zone;

/** `{dateTime: "2027-03-08T09:00:00.0000000", timeZone}`: a civil time, with seven decimals. */
export function showMoment(ms: number, zoneName: string): object {
  const civil = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(ianaOf(zoneName)).toPlainDateTime();
  return { dateTime: civil.toString({ fractionalSecondDigits: 7 }), timeZone: zoneName };
}

export function readMoment(value: unknown, name: string): { ms: number; civil: string; zone: string } {
  const { dateTime, timeZone } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof dateTime !== "string" || typeof timeZone !== "string")
    throw new GraphError(400, "ErrorPropertyValidationFailure", `At least one property failed validation: ${name}`);
  const zone = ianaOf(timeZone);
  try {
    // An offset in the text outweighs the zone beside it.
    const hasOffset = /(Z|[+-]\d\d:\d\d)$/.test(dateTime);
    const ms = hasOffset ? Date.parse(dateTime) : civilToMs(dateTime, zone);
    if (!Number.isNaN(ms)) return { ms, civil: dateTime.slice(0, 19), zone };
  } catch {}
  throw new GraphError(400, "ErrorPropertyValidationFailure", `At least one property failed validation: ${name}`);
}

/** The zone a client wants times in: `Prefer: outlook.timezone="…"`, otherwise UTC. */
export function preferredZone(prefer: string | string[] | undefined): string {
  const name = /outlook\.timezone="([^"]+)"/i.exec(String(prefer ?? ""))?.[1] ?? "UTC";
  ianaOf(name);
  return name;
}
