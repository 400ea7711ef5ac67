import type { Busy } from "./busy";
import { DAY_MS, type Day, MINUTE_MS } from "./civil";
import type { Person, SlotShape } from "./free-slots";
import { type Hours, instantsOf, intersect, type Open, type Span, withReach } from "./hours";
import type { Tally } from "./limits";
import { localDayOf, toInstant, type Zone } from "./zone";

export type ScheduledService = SlotShape & {
  id: string;
  name: string;
  aliases: string[];
  description: string;
  priceCents: number | null;
  minNoticeMinutes: number;
  horizonDays: number;
  active: boolean;
  /** How many may come to one start. */
  seats: number;
  /** How many people do it together; 0 = everybody who does it. */
  staffNeeded: number;
  /** Starts a day and a week, all people together. */
  maxPerDay: number | null;
  maxPerWeek: number | null;
  /** It occupies one resource of each pool. */
  pools: readonly (readonly string[])[];
  /** None = everywhere. */
  locationIds: readonly string[];
};

export type ScheduledStaff = {
  id: string;
  name: string;
  zone: Zone;
  /** undefined = follows the hours of the place. */
  weekly: Span[][] | undefined;
  overrides: Map<Day, Span[]>;
  serviceIds: Set<string>;
  active: boolean;
  /** A calendar of theirs is not current: what is free here is to be confirmed. */
  tentative?: boolean;
  busy: Busy;
  /** null = wherever the business is. */
  locationId: string | null;
  maxPerDay: number | null;
  maxPerWeek: number | null;
  /** Minutes by service, where they are not the usual ones. */
  ownMinutes: ReadonlyMap<string, number> | undefined;
  /** Share of what nobody asked for by name, by service, where it is not 1. */
  weights: ReadonlyMap<string, number> | undefined;
};

/** A place with hours and zone of its own or the business's. */
export type ScheduledLocation = {
  id: string;
  name: string;
  zone: Zone;
  hours: Hours;
  /** Why a date differs, in the owner's words. */
  closures: ReadonlyMap<Day, string>;
  active: boolean;
};

export type ScheduledResource = {
  id: string;
  name: string;
  locationId: string | null;
  active: boolean;
  /** Closures included. */
  busy: Busy;
  closures?: readonly Closure[];
};

/** When a resource cannot be used, and why in the owner's words. */
export type Closure = { startMs: number; endMs: number; reason: string };

/** A start of a group service that somebody has booked or holds: further seats share its time. */
export type Session = {
  serviceId: string;
  staffId: string;
  startMs: number;
  endMs: number;
  blockStartMs: number;
  blockEndMs: number;
  taken: number;
  resourceIds: readonly string[];
};

/** Everything that decides when something may be booked, as loaded at one moment. */
export type Schedule = {
  zone: Zone;
  currency: string;
  businessName: string;
  /** Public holidays that close the business stand among the overrides; `holidays` names them. */
  business: Hours;
  closures: Map<Day, string>;
  holidays: ReadonlyMap<Day, string>;
  services: ScheduledService[];
  staff: ScheduledStaff[];
  locations: readonly ScheduledLocation[];
  resources: readonly ScheduledResource[];
  sessions: readonly Session[];
  tally: Tally;
};

/** Where somebody is: whose hours hold, and whose wall clock carries the grid. */
export function placeOf(
  schedule: Schedule,
  person: ScheduledStaff,
): Pick<ScheduledLocation, "zone" | "hours" | "closures"> {
  const location = person.locationId ? schedule.locations.find((each) => each.id === person.locationId) : undefined;
  return location ?? { zone: schedule.zone, hours: schedule.business, closures: schedule.closures };
}

/** What the service asks of a time when this person does it. */
export function shapeFor(service: ScheduledService, person: ScheduledStaff): SlotShape {
  const own = person.ownMinutes?.get(service.id);
  return own === undefined || service.staffNeeded !== 1 ? service : { ...service, durationMinutes: own };
}

/** The start of a group service that further seats may join. */
export const sessionAt = (
  schedule: Schedule,
  service: ScheduledService,
  person: ScheduledStaff,
  startMs: number,
): Session | undefined =>
  service.seats > 1
    ? schedule.sessions.find(
        (each) => each.serviceId === service.id && each.staffId === person.id && each.startMs === startMs,
      )
    : undefined;

/** Staff with their open time over the days that matter for starts in [fromMs, toMs). */
export function peopleFor(
  schedule: Schedule,
  staff: readonly ScheduledStaff[],
  fromMs: number,
  toMs: number,
): Person[] {
  const fromDay = Math.floor(fromMs / DAY_MS) - 2;
  const toDay = Math.ceil(toMs / DAY_MS) + 2;
  const known = new Map<string | null, { pairs: number[]; usual: Open }>();
  return staff.map((person) => {
    let place = known.get(person.locationId);
    if (!place) {
      const { hours, zone } = placeOf(schedule, person);
      const pairs = instantsOf(hours, zone, fromDay, toDay);
      place = { pairs, usual: withReach(pairs) };
      known.set(person.locationId, place);
    }
    const follows = !person.weekly && person.overrides.size === 0;
    return {
      id: person.id,
      open: follows ? place.usual : ownOpen(person, place.pairs, fromDay, toDay),
      busy: person.busy,
    };
  });
}

/** Without hours of their own somebody follows the place, except on dates of their own. */
function ownOpen(person: ScheduledStaff, place: number[], fromDay: Day, toDay: Day) {
  const hours = { weekly: person.weekly ?? always, overrides: person.overrides };
  return withReach(intersect(place, instantsOf(hours, person.zone, fromDay, toDay)));
}

const always: Span[][] = Array.from({ length: 7 }, () => [{ startMinute: 0, endMinute: 1440 }]);

/** Whether a service is offered at a place that is open for business; null = wherever the business is. */
export const isOfferedAt = (
  schedule: Schedule,
  { locationIds }: ScheduledService,
  locationId: string | null,
): boolean =>
  locationId === null ||
  ((locationIds.length === 0 || locationIds.includes(locationId)) &&
    schedule.locations.some((each) => each.id === locationId && each.active));

/** Who does a service, where it is offered. */
export function activeStaffFor(schedule: Schedule, service: ScheduledService): ScheduledStaff[] {
  return schedule.staff.filter(
    (person) => person.active && person.serviceIds.has(service.id) && isOfferedAt(schedule, service, person.locationId),
  );
}

/** The earliest and the latest start a service allows: notice counts in minutes from now, the horizon in whole local days. */
export function bounds(service: ScheduledService, zone: Zone, nowMs: number): { fromMs: number; toMs: number } {
  return {
    fromMs: nowMs + service.minNoticeMinutes * MINUTE_MS,
    toMs: toInstant(zone, localDayOf(zone, nowMs) + service.horizonDays + 1, 0),
  };
}

/** The time a booking occupies, buffers included. */
export const blockOf = (shape: SlotShape, startMs: number): { startMs: number; endMs: number } => ({
  startMs: startMs - shape.bufferBeforeMinutes * MINUTE_MS,
  endMs: startMs + (shape.durationMinutes + shape.bufferAfterMinutes) * MINUTE_MS,
});

/** Rows of hours as a week, Sunday first. */
export function weekOf(rows: readonly { weekday: number; startMinute: number; endMinute: number }[]): Span[][] {
  const week: Span[][] = Array.from({ length: 7 }, () => []);
  for (const { weekday, startMinute, endMinute } of rows) week[weekday]?.push({ startMinute, endMinute });
  for (const spans of week) spans.sort((a, b) => a.startMinute - b.startMinute);
  return week;
}
