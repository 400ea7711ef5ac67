import { ok, type Result, refuse } from "@/lib/platform/result";
import { isTimeZone, newBudget, zoneOf } from "@/lib/scheduling/ports";
import { type Component, readComponents, textOf } from "./components";
import { type Event, isBusy, readEvent } from "./events";
import { freeBusyOf } from "./free-busy";
import { addSeries } from "./series";
import { instantOf } from "./times";
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
  /** Events that cannot be read, or not whole: not all that they keep busy is known. What is known of them is in `busy`. */
  unread: UnreadEvent[];
};

export type UnreadEvent = {
  uid: string;
  what: "all" | "start" | "end" | "zone" | "repetition";
  /** When it begins, as far as that is known. */
  atMs: number | undefined;
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
 * Lines that cannot be read are passed over. A file that breaks off is read as far as it goes, with an `unread` event for the rest. Refused: `not_a_calendar` (there is no VCALENDAR in it), `too_large` (over 2 MB),
 * `too_complex` (over 50,000 busy times in the window or unread events, or rules that take longer than about a second of CPU).
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
  const unread: UnreadEvent[] = [];
  const note = (uid: string, what: UnreadEvent["what"], atMs?: number) => unread.push({ uid, what, atMs });
  if (calendars.some(({ isClosed }) => !isClosed)) note("", "all");
  for (const [n, component] of components.entries()) {
    const uid = textOf(component, "UID") ?? "";
    if (component.name === "VFREEBUSY") {
      const periods = freeBusyOf(component, zones, floating);
      busy.push(...periods.busy);
      if (!periods.isWhole) note(uid, "all", periods.busy[0]?.[0]);
    }
    if (component.name !== "VEVENT") continue;
    const event = readEvent(component, zones, floating);
    if (!event && isBusy(component)) note(uid, "start");
    if (event?.isBusy && event.unread) note(uid, event.unread, instantOf(event.start));
    if (!event) continue;
    const key = event.uid === "" ? `${n} ` : event.uid;
    const known = series.get(key);
    if (known) known.push(event);
    else series.set(key, [event]);
  }
  const budget = newBudget(STEPS);
  for (const events of series.values()) {
    addSeries(events, window, budget, busy);
    if (budget.steps < 0 || busy.length + unread.length > MOST_BUSY) return refuse("too_complex");
  }
  const within = busy.filter(([start, end]) => start < end && start < window.toMs && end > window.fromMs);
  return ok({ busy: within.sort((a, b) => a[0] - b[0] || a[1] - b[1]), name: nameOf(calendars), unread });
}

const nameOf = ([calendar]: readonly Component[]) => calendar && textOf(calendar, "X-WR-CALNAME");
