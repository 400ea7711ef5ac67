import { instantOfLocal, type LocalMs, parseLocalTime, type Zone, zoneOf } from "@/lib/scheduling/ports";
import type { Property } from "./components";
import type { Zones } from "./zones";

/** A time on the wall clock of a zone; a date is its midnight. `isZoneKnown`: false where a zone is named that means nothing to us. */
export type Moment = { local: LocalMs; zone: Zone; isDate: boolean; isZoneKnown: boolean };

export const instantOf = ({ local, zone }: Moment): number => instantOfLocal(zone, local);

const UTC = "UTC";

/** The times of one property, those that cannot be read left out. Floating times and dates are in `floating`. */
export function momentsOf(property: Property, zones: Zones, floating: Zone): Moment[] {
  return property.value.split(",").flatMap((item) => momentOf(item, property, zones, floating) ?? []);
}

export function momentOf(text: string, property: Property, zones: Zones, floating: Zone): Moment | undefined {
  // A name such as tzone://Microsoft/Utc that is not quoted spills over into the value: the time stands after the last colon.
  const colon = text.lastIndexOf(":");
  // Google's birthdays name further dates as 20131210Z.
  const time = parseLocalTime((colon < 0 ? text : text.slice(colon + 1)).replace(/^\s*(\d{8})Z\s*$/, "$1"));
  if (!time) return undefined;
  if (time.kind === "date") return { local: time.ms, zone: floating, isDate: true, isZoneKnown: true };
  if (property.parameters.get("VALUE")?.toUpperCase() === "DATE")
    return { local: Math.floor(time.ms / 86_400_000) * 86_400_000, zone: floating, isDate: true, isZoneKnown: true };
  if (time.kind === "utc") return { local: time.ms, zone: zoneOf(UTC), isDate: false, isZoneKnown: true };
  const tzid = `${property.parameters.get("TZID") ?? ""}${colon < 0 ? "" : `:${text.slice(0, colon)}`}`;
  const zone = tzid === "" ? floating : zones(tzid);
  return { local: time.ms, zone: zone ?? floating, isDate: false, isZoneKnown: zone !== undefined };
}

const UNIT_MS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 };

/** Milliseconds of P1W, P2DT3H, -PT15M, with the units in any order; undefined where it is none. */
export function durationOf(text: string): number | undefined {
  const match = /^([+-]?)P((?:T?\d{1,9}[WDHMS])+)$/i.exec(text.trim());
  if (!match) return undefined;
  const [, sign, parts = ""] = match;
  const sizes = [...parts.toUpperCase().matchAll(/(\d+)([WDHMS])/g)];
  const ms = sizes.reduce((sum, [, size, unit]) => sum + Number(size) * UNIT_MS[unit as keyof typeof UNIT_MS], 0);
  return sign === "-" ? -ms : ms;
}
