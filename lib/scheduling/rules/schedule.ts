import { type Busy, isFree, mergeBusy } from "./busy";
import { DAY_MS, type Day, MINUTE_MS } from "./civil";
import type { Person, SlotShape } from "./free-slots";
import { covers, type Hours, instantsOf, intersect, type Span, withReach } from "./hours";
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
};

export type ScheduledStaff = {
  id: string;
  name: string;
  zone: Zone;
  /** undefined = follows the business's hours. */
  weekly: Span[][] | undefined;
  overrides: Map<Day, Span[]>;
  serviceIds: Set<string>;
  active: boolean;
  /** A calendar of theirs is not current: what is free here is to be confirmed. */
  tentative?: boolean;
  busy: Busy;
};

/** Everything that decides when something may be booked, as loaded at one moment. */
export type Schedule = {
  zone: Zone;
  currency: string;
  businessName: string;
  business: Hours;
  closures: Map<Day, string>;
  services: ScheduledService[];
  staff: ScheduledStaff[];
};

/** Staff with their open time over the days that matter for starts in [fromMs, toMs). */
export function peopleFor(
  schedule: Schedule,
  staff: readonly ScheduledStaff[],
  fromMs: number,
  toMs: number,
): Person[] {
  const fromDay = Math.floor(fromMs / DAY_MS) - 2;
  const toDay = Math.ceil(toMs / DAY_MS) + 2;
  const business = instantsOf(schedule.business, schedule.zone, fromDay, toDay);
  const usual = withReach(business);
  return staff.map((person) => {
    const follows = !person.weekly && person.overrides.size === 0;
    return { id: person.id, open: follows ? usual : ownOpen(person, business, fromDay, toDay), busy: person.busy };
  });
}

/** Without hours of their own somebody follows the business, except on dates of their own. */
function ownOpen(person: ScheduledStaff, business: number[], fromDay: Day, toDay: Day) {
  const hours = { weekly: person.weekly ?? always, overrides: person.overrides };
  return withReach(intersect(business, instantsOf(hours, person.zone, fromDay, toDay)));
}

const always: Span[][] = Array.from({ length: 7 }, () => [{ startMinute: 0, endMinute: 1440 }]);

export const activeStaffFor = (schedule: Schedule, serviceId: string): ScheduledStaff[] =>
  schedule.staff.filter((person) => person.active && person.serviceIds.has(serviceId));

/** The earliest and the latest start a service allows: notice counts in minutes from now, the horizon in whole local days. */
export function bounds(service: ScheduledService, zone: Zone, nowMs: number): { fromMs: number; toMs: number } {
  return {
    fromMs: nowMs + service.minNoticeMinutes * MINUTE_MS,
    toMs: toInstant(zone, localDayOf(zone, nowMs) + service.horizonDays + 1, 0),
  };
}

export type NotBookable = "in_the_past" | "too_soon" | "too_far" | "outside_hours" | "slot_taken";

/**
 * Why a start cannot be booked with somebody, or undefined. `override` waives hours, notice and horizon, never an overlap; `graceMs` is how
 * much of the notice may have run out since the time was offered.
 */
export function whyNotBookable(
  schedule: Schedule,
  service: ScheduledService,
  person: ScheduledStaff,
  startMs: number,
  nowMs: number,
  { override = false, graceMs = 0 }: { override?: boolean; graceMs?: number } = {},
): NotBookable | undefined {
  const { startMs: blockStart, endMs: blockEnd } = blockOf(service, startMs);
  const endMs = startMs + service.durationMinutes * MINUTE_MS;
  if (!override) {
    const { fromMs, toMs } = bounds(service, schedule.zone, nowMs);
    if (startMs < nowMs) return "in_the_past";
    if (startMs < fromMs - graceMs) return "too_soon";
    if (startMs >= toMs) return "too_far";
    const [here] = peopleFor(schedule, [person], startMs, endMs);
    if (!here || !covers(here.open, startMs, endMs)) return "outside_hours";
  }
  return isFree(person.busy, blockStart, blockEnd) ? undefined : "slot_taken";
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

/** Adds busy time to a schedule's staff; rows are [staffId, startMs, endMs]. */
export function withBusy(schedule: Schedule, rows: readonly (readonly [string, number, number])[]): Schedule {
  const byStaff = Map.groupBy(rows, ([staffId]) => staffId);
  return {
    ...schedule,
    staff: schedule.staff.map((person) => ({
      ...person,
      busy: mergeBusy((byStaff.get(person.id) ?? []).map(([, start, end]) => [start, end] as const)),
    })),
  };
}
