import { ok, type Result, refuse } from "@/lib/platform/result";
import { isTimeZone, newBudget, zoneOf } from "@/lib/scheduling/ports";
import { type Component, readComponents, textOf } from "./components";
import { type Event, readEvent } from "./events";
import { freeBusyOf } from "./free-busy";
import { addSeries } from "./series";
import { zonesOf } from "./zones";

/** Half-open, epoch milliseconds. */
export type Window = { fromMs: number; toMs: number };

/** [start, end, UID of the event], epoch milliseconds; those that reach into the window are whole. */
export type BusyTime = [startMs: number, endMs: number, uid: string];

export type BusyFile = {
  /** By start; times of different events may overlap. */
  busy: BusyTime[];
  /** X-WR-CALNAME. */
  name: string | undefined;
  /** Events of which the start or a rule cannot be read: not all that they keep busy is known. */
  unreadable: number;
};

export type ReadRefusal = "not_a_calendar" | "too_large" | "too_complex";

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_BUSY = 50_000;
const DAY_MS = 86_400_000;
/** For all rules of a file together (`Budget`). */
const STEPS = 1_000_000;

/**
 * What a calendar file (RFC 5545) keeps busy within a window: its events, less those that are cancelled or shown as free, series with
 * their exceptions and changed occurrences, and FREEBUSY periods. Dates and floating times are read in `defaultZone` (IANA name).
 *
 * Lines that cannot be read are passed over. Refused: `not_a_calendar` (there is no VCALENDAR in it), `too_large` (over 2 MB),
 * `too_complex` (over 50,000 busy times in the window, or rules that take longer than about a second of CPU).
 */
export function readBusy(ics: string, window: Window, defaultZone: string): Result<BusyFile, ReadRefusal> {
  if (ics.length > MOST_BYTES || Buffer.byteLength(ics) > MOST_BYTES) return refuse("too_large");
  const calendars = readComponents(ics).filter(({ name }) => name === "VCALENDAR");
  if (calendars.length === 0) return refuse("not_a_calendar");
  const floating = zoneOf(isTimeZone(defaultZone) ? defaultZone : "UTC");
  const zones = zonesOf(calendars, window.toMs + 400 * DAY_MS);
  const components = calendars.flatMap((calendar) => calendar.children);
  const busy: BusyTime[] = [];
  const series = new Map<string, Event[]>();
  let unreadable = 0;
  for (const [n, component] of components.entries()) {
    if (component.name === "VFREEBUSY") busy.push(...freeBusyOf(component, zones, floating));
    if (component.name !== "VEVENT") continue;
    const event = readEvent(component, zones, floating);
    if (!event?.isWhole) unreadable++;
    if (!event) continue;
    const key = event.uid === "" ? `${n} ` : event.uid;
    const known = series.get(key);
    if (known) known.push(event);
    else series.set(key, [event]);
  }
  const budget = newBudget(STEPS);
  for (const events of series.values()) {
    addSeries(events, window, budget, busy);
    if (budget.steps < 0 || busy.length > MOST_BUSY) return refuse("too_complex");
  }
  const within = busy.filter(([start, end]) => start < end && start < window.toMs && end > window.fromMs);
  return ok({ busy: within.sort((a, b) => a[0] - b[0] || a[1] - b[1]), name: nameOf(calendars), unreadable });
}

const nameOf = ([calendar]: readonly Component[]) => calendar && textOf(calendar, "X-WR-CALNAME");
