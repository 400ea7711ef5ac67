import { parseICS } from "node-ical";
import {
  instantOfLocal,
  isTimeZone,
  newBudget,
  occurrences,
  parseLocalTime,
  parseRule,
  type Zone,
  zoneFrom,
  zoneOf,
} from "@/lib/scheduling/ports";
import { type Component, propertiesOf, textOf } from "./components";

export type Zones = (tzid: string) => Zone | undefined;

/** More than any file needs; each costs up to 5 ms once. */
const MOST = 100;

/**
 * What the names of zones in a file mean: an IANA name (also as the end of a path), else the file's own VTIMEZONE, else a name of
 * Microsoft's. undefined for a name that means nothing: such times float.
 */
export function zonesOf(calendars: readonly Component[], untilMs: number): Zones {
  const known = new Map<string, Zone | undefined>();
  const own = calendars.flatMap((calendar) => calendar.children).filter(({ name }) => name === "VTIMEZONE");
  return (tzid) => {
    if (known.has(tzid) || known.size >= MOST) return known.get(tzid);
    const definition = own.find((component) => textOf(component, "TZID")?.replaceAll('"', "") === tzid);
    const zone = ianaZone(tzid) ?? (definition && zoneOfDefinition(tzid, definition, untilMs)) ?? microsoftZone(tzid);
    known.set(tzid, zone);
    return zone;
  };
}

function ianaZone(tzid: string): Zone | undefined {
  const parts = tzid.split("/");
  for (let from = 0; from < parts.length; from++) {
    const name = parts.slice(from).join("/");
    if (name.includes("/") === tzid.includes("/") && isTimeZone(name)) return zoneOf(name);
  }
  return undefined;
}

/** node-ical knows Microsoft's names; it is asked with an event of that zone. For a name that says nothing it takes this machine's zone. */
function microsoftZone(tzid: string): Zone | undefined {
  if (!/^[\w .,:;()/+&-]{1,100}$/.test(tzid) || /^(tzone:|customized time zone|\(no )/i.test(tzid)) return undefined;
  const lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", `DTSTART;TZID="${tzid}":20260101T000000`, "END:VEVENT"];
  const start = Object.values(parseICS([...lines, "END:VCALENDAR"].join("\r\n")))
    .map((item) => (item && "start" in item ? item.start : undefined))
    .find((value) => value !== undefined);
  const name = start && "tz" in start ? start.tz : undefined;
  return name !== undefined && name !== tzid && isTimeZone(name) ? zoneOf(name) : undefined;
}

/** The table a VTIMEZONE describes, up to `untilMs`; undefined where nothing in it can be read. */
function zoneOfDefinition(name: string, definition: Component, untilMs: number): Zone | undefined {
  const changes: { atMs: number; offsetMs: number }[] = [];
  let before: { atMs: number; offsetMs: number } | undefined;
  for (const observance of definition.children) {
    const from = offsetOf(textOf(observance, "TZOFFSETFROM"));
    const to = offsetOf(textOf(observance, "TZOFFSETTO"));
    const start = parseLocalTime(textOf(observance, "DTSTART") ?? "");
    if (from === undefined || to === undefined || !start) continue;
    for (const local of onsets(observance, start.ms, from, untilMs)) {
      const change = { atMs: local - from, offsetMs: to };
      changes.push(change);
      if (!before || change.atMs <= before.atMs) before = { atMs: change.atMs - 1, offsetMs: from };
    }
  }
  return before && zoneFrom(name, [before, ...changes]);
}

/** Wall-clock times (before the change) at which an observance begins. */
function onsets(observance: Component, startMs: number, offsetMs: number, untilMs: number): number[] {
  const found = [startMs];
  const wallClock = zoneFrom("", [{ atMs: 0, offsetMs }]);
  for (const { value } of propertiesOf(observance, "RDATE"))
    for (const item of value.split(",")) {
      const time = parseLocalTime(item.split("/")[0] ?? "");
      if (time) found.push(time.ms);
    }
  const rule = parseRule(textOf(observance, "RRULE") ?? "");
  if (!rule.ok) return found;
  for (const at of occurrences(rule.value, { ms: startMs, zone: wallClock }, newBudget())) {
    if (instantOfLocal(wallClock, at) > untilMs || found.length > 2000) break;
    found.push(at);
  }
  return found;
}

/** Milliseconds of `+0530`, `-05:00`, `+023000`. */
function offsetOf(text: string | undefined): number | undefined {
  const match = /^([+-]?)(\d{2}):?(\d{2}):?(\d{2})?$/.exec(text ?? "");
  if (!match) return undefined;
  const [, sign, hours, minutes, seconds = "0"] = match;
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -size : size;
}
