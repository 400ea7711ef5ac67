import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";

export type Span = [startMs: number, endMs: number];

/** A file as ical.js reads it. `silent`: the UIDs of events about which it says nothing (their start or rule is broken, their zone unknown). */
export type Reference = {
  isCalendar: boolean;
  window: { fromMs: number; toMs: number };
  busy: Span[];
  silent: string[];
};

const MOST_OCCURRENCES = 20_000;
const DAY_MS = 86_400_000;
const WINDOW_MS = 3 * 366 * DAY_MS;

/**
 * The busy time of the three years from a file's first event; throws where ical.js cannot read the file.
 *
 * ical.js leaves times of a zone that the file does not define floating. Those are read here with Temporal where the name is one of IANA's;
 * where it is not, ical.js is silent. Floating times and dates are in `zone`.
 */
export function readWithIcalJs(ics: string, zone: string): Reference {
  const parsed = ICAL.parse(ics) as unknown[];
  const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]).map((jcal) => new ICAL.Component(jcal as never));
  const calendars = roots.filter((root) => root.name === "vcalendar");
  const events = calendars.flatMap((calendar) => calendar.getAllSubcomponents("vevent"));
  const at = (time: ICAL.Time, tzid: string | undefined) => instantOf(time, tzid, zone);
  const silent = new Set<string>();
  const orSilent = <T>(component: ICAL.Component, read: () => T[]): T[] => {
    try {
      return read();
    } catch {
      silent.add(`${component.getFirstPropertyValue("uid") ?? ""}`);
      return [];
    }
  };
  const starts = events.flatMap((event) => orSilent(event, () => [at(startOf(event), tzidOf(event))]));
  const first = Math.min(...starts);
  const fromMs = (Number.isFinite(first) ? first : Date.UTC(2026, 0, 1)) - DAY_MS;
  const window = { fromMs, toMs: fromMs + WINDOW_MS };
  const found = events.flatMap((event) =>
    orSilent(event, () => eventSpans(event, events, window.toMs, at).map((span) => ({ event, span }))),
  );
  const spans = found.flatMap(({ event, span }) =>
    silent.has(`${event.getFirstPropertyValue("uid") ?? ""}`) ? [] : [span],
  );
  return {
    isCalendar: calendars.length > 0,
    window,
    busy: merged(
      [...spans, ...freeBusy(calendars, at)].filter(([s, e]) => s < e && s < window.toMs && e > window.fromMs),
    ),
    silent: [...silent],
  };
}

function startOf(event: ICAL.Component): ICAL.Time {
  const start = event.getFirstPropertyValue("dtstart");
  if (start instanceof ICAL.Time) return start;
  throw new Error("no start");
}

type At = (time: ICAL.Time, tzid: string | undefined) => number;

const tzidOf = (component: ICAL.Component, name = "dtstart"): string | undefined => {
  const tzid = component.getFirstProperty(name)?.getParameter("tzid");
  return typeof tzid === "string" ? tzid : undefined;
};

function instantOf(time: ICAL.Time, tzid: string | undefined, zone: string): number {
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) {
    const local = new Temporal.PlainDateTime(time.year, time.month, time.day).add({
      hours: time.isDate ? 0 : time.hour,
      minutes: time.isDate ? 0 : time.minute,
      seconds: time.isDate ? 0 : time.second,
    });
    if (time.isDate || tzid === undefined) return local.toZonedDateTime(zone).epochMilliseconds;
    if (!isIana(tzid)) throw new Error(`ical.js knows no zone ${tzid}`);
    return local.toZonedDateTime(tzid).epochMilliseconds;
  }
  return time.toUnixTime() * 1000;
}

function isIana(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId !== "";
  } catch {
    return false;
  }
}

function eventSpans(component: ICAL.Component, all: readonly ICAL.Component[], toMs: number, at: At): Span[] {
  startOf(component);
  const event = new ICAL.Event(component);
  if (event.isRecurrenceException()) {
    const hasSeries = all.some(
      (other) => other.getFirstPropertyValue("uid") === event.uid && !other.hasProperty("recurrence-id"),
    );
    return hasSeries ? [] : spanOf(component, event.startDate, event.endDate, at);
  }
  if (!event.isRecurring()) return spanOf(component, event.startDate, event.endDate, at);
  const spans: Span[] = [];
  const iterator = event.iterator();
  for (let n = 0; n < MOST_OCCURRENCES; n++) {
    const next = iterator.next();
    if (!next || at(next, tzidOf(component)) > toMs + DAY_MS) break;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    spans.push(...spanOf(item.component, startDate, endDate, at));
  }
  return spans;
}

function spanOf(component: ICAL.Component, start: ICAL.Time, end: ICAL.Time, at: At): Span[] {
  const isFree = `${component.getFirstPropertyValue("transp") ?? ""}`.toUpperCase() === "TRANSPARENT";
  const isCancelled = `${component.getFirstPropertyValue("status") ?? ""}`.toUpperCase() === "CANCELLED";
  if (isFree || isCancelled || !start) return [];
  return [[at(start, tzidOf(component)), at(end, tzidOf(component, "dtend") ?? tzidOf(component))]];
}

function freeBusy(calendars: readonly ICAL.Component[], at: At): Span[] {
  const properties = calendars
    .flatMap((calendar) => calendar.getAllSubcomponents("vfreebusy"))
    .flatMap((component) => component.getAllProperties("freebusy"))
    .filter((property) => `${property.getParameter("fbtype") ?? ""}`.toUpperCase() !== "FREE");
  return properties.flatMap((property) =>
    property
      .getValues()
      .flatMap((period): Span[] =>
        period instanceof ICAL.Period ? [[at(period.start, undefined), at(period.getEnd(), undefined)]] : [],
      ),
  );
}

/** Sorted, and joined where they touch. */
export function merged(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
