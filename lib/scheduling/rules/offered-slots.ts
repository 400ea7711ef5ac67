import { type FreeSlot, freeSlots, type SlotQuery } from "./free-slots";
import { covers } from "./hours";
import { isLimited, limitReached } from "./limits";
import { pickResources } from "./resources";
import {
  activeStaffFor,
  blockOf,
  peopleFor,
  placeOf,
  type Schedule,
  type ScheduledService,
  type ScheduledStaff,
  sessionAt,
  shapeFor,
} from "./schedule";
import { teamOf } from "./team";
import { localMinuteOf } from "./zone";

export type OfferedQuery = {
  service: ScheduledService;
  /** Who may be offered: people who do the service. */
  staff: readonly ScheduledStaff[];
  /** Starts in [fromMs, toMs). */
  fromMs: number;
  toMs: number;
  window?: SlotQuery["window"];
};

/**
 * Every start at which a service can be had, ascending, with everyone who could do it (with several needed: who could lead it).
 * What a business has not configured costs nothing: one sweep per zone and length, then only the rules that there are.
 */
export function offeredSlots(schedule: Schedule, asked: OfferedQuery): FreeSlot[] {
  const { service } = asked;
  const isAlone = service.staffNeeded === 1;
  const query = isAlone ? asked : { ...asked, staff: activeStaffFor(schedule, service) };
  let slots = sweepAll(schedule, query);
  if (service.seats > 1) slots = withSessions(schedule, query, slots);
  if (isLimited(service) || query.staff.some(isLimited))
    slots = keep(
      slots,
      query,
      (person, { startMs }) =>
        isJoined(schedule, service, person, startMs) || isWithin(schedule, service, person, startMs),
    );
  if (service.pools.length > 0)
    slots = keep(
      slots,
      query,
      (person, { startMs }) =>
        isJoined(schedule, service, person, startMs) || hasResources(schedule, service, person, startMs),
    );
  if (isAlone) return slots;
  const leads = new Set(asked.staff.map((each) => each.id));
  return keep(
    slots,
    query,
    (person, { free }) => leads.has(person.id) && teamOf(service, query.staff, person, free) !== undefined,
  );
}

/** People whose grid, window and length are the same are swept together. */
function sweepAll(schedule: Schedule, { service, staff, fromMs, toMs, window }: OfferedQuery): FreeSlot[] {
  const isUniform = staff.every((person) => person.locationId === null && !person.ownMinutes?.has(service.id));
  const sweep = (members: readonly ScheduledStaff[]) => {
    const [first] = members;
    if (!first) return [];
    const people = peopleFor(schedule, members, fromMs, toMs);
    const { zone } = placeOf(schedule, first);
    return freeSlots({ zone, shape: shapeFor(service, first), people, fromMs, toMs, window });
  };
  if (isUniform) return sweep(staff);
  const groups = Map.groupBy(
    staff,
    (person) => `${placeOf(schedule, person).zone.name} ${shapeFor(service, person).durationMinutes}`,
  );
  const found = [...groups.values()].flatMap(sweep);
  return groups.size < 2 ? found : merged(found, staff);
}

function merged(slots: readonly FreeSlot[], staff: readonly ScheduledStaff[]): FreeSlot[] {
  const order = new Map(staff.map((person, n) => [person.id, n]));
  return [...Map.groupBy(slots, (slot) => slot.startMs)]
    .map(([startMs, same]) => ({
      startMs,
      staffIds: [...new Set(same.flatMap((slot) => slot.staffIds))].sort(
        (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
      ),
    }))
    .sort((a, b) => a.startMs - b.startMs);
}

/** Adds the starts that have begun to fill and have seats left. */
function withSessions(schedule: Schedule, query: OfferedQuery, slots: FreeSlot[]): FreeSlot[] {
  const { service, staff, fromMs, toMs, window } = query;
  const open = schedule.sessions.filter((session) => {
    if (session.serviceId !== service.id || session.taken >= service.seats) return false;
    if (session.startMs < fromMs || session.startMs >= toMs) return false;
    const person = staff.find((each) => each.id === session.staffId);
    if (!person) return false;
    const minute = localMinuteOf(placeOf(schedule, person).zone, session.startMs);
    if (window && (minute < window.fromMinute || minute >= window.toMinute)) return false;
    const [here] = peopleFor(schedule, [person], session.startMs, session.endMs);
    return here !== undefined && covers(here.open, session.startMs, session.endMs);
  });
  if (open.length === 0) return slots;
  return merged([...slots, ...open.map(({ startMs, staffId }) => ({ startMs, staffIds: [staffId] }))], staff);
}

const isJoined = (schedule: Schedule, service: ScheduledService, person: ScheduledStaff, startMs: number): boolean =>
  sessionAt(schedule, service, person, startMs) !== undefined;

const isWithin = (schedule: Schedule, service: ScheduledService, person: ScheduledStaff, startMs: number): boolean =>
  !limitReached(schedule, service, startMs) && !limitReached(schedule, person, startMs);

const hasResources = (
  schedule: Schedule,
  service: ScheduledService,
  person: ScheduledStaff,
  startMs: number,
): boolean =>
  pickResources(schedule, service, blockOf(shapeFor(service, person), startMs), person.locationId) !== undefined;

/** Only the people a rule leaves, only the starts that have any. */
function keep(
  slots: readonly FreeSlot[],
  { staff }: OfferedQuery,
  rule: (person: ScheduledStaff, at: { startMs: number; free: readonly ScheduledStaff[] }) => boolean,
): FreeSlot[] {
  const people = new Map(staff.map((person) => [person.id, person]));
  return slots.flatMap((slot) => {
    const free = slot.staffIds.flatMap((id) => people.get(id) ?? []);
    const left = free.filter((person) => rule(person, { startMs: slot.startMs, free }));
    if (left.length === free.length) return slot;
    return left.length > 0 ? { ...slot, staffIds: left.map((person) => person.id) } : [];
  });
}
