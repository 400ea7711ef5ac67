import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { around } from "./ask-for-time";
import { type Ignoring, loadOccupied, type Reads } from "./load-occupied";
import { assign } from "./rules/assign";
import { MINUTE_MS } from "./rules/civil";
import type { FreeSlot } from "./rules/free-slots";
import { withOccupied } from "./rules/occupied";
import { offeredSlots } from "./rules/offered-slots";
import { activeStaffFor, bounds, placeOf, type Schedule, type ScheduledService } from "./rules/schedule";
import { isoInZone, sayInstant } from "./rules/speak";
import { spread } from "./rules/spread";
import { localDayOf, localMinuteOf, toInstant } from "./rules/zone";
import type { SlotOffer } from "./schemas";
import { slotIdOf } from "./slot-id";

export type Wanted = {
  service: ScheduledService;
  staffId?: string | undefined;
  /** Local days, both included; cut to what the service's notice and horizon allow. */
  fromDay: number;
  toDay: number;
  window?: { fromMinute: number; toMinute: number } | undefined;
  /** Only there. */
  locationId?: string | undefined;
  /** Who has precedence where nobody is asked for and they are free. */
  preferredStaffId?: string | null | undefined;
};

export type FreeTimes = {
  schedule: Schedule;
  slots: FreeSlot[];
  /** How an offered time gets its person. */
  choosing: Choosing;
};

type Choosing = {
  isAsked: boolean;
  preferredStaffId: string | null | undefined;
  turns: ReadonlyMap<string, number>;
};

/** Where a search looks, cut to what the service's notice and horizon allow, and what has to be read for it: nothing where nothing can be free. */
export type Search = { wanted: Wanted; fromMs: number; toMs: number; staffIds: ReadonlySet<string>; reads: Reads };

export function searchFor(schedule: Schedule, wanted: Wanted, nowMs: number): Search {
  const { service } = wanted;
  const limits = bounds(service, schedule.zone, nowMs);
  const fromMs = Math.max(limits.fromMs, toInstant(schedule.zone, wanted.fromDay, 0));
  const toMs = Math.min(limits.toMs, toInstant(schedule.zone, wanted.toDay + 1, 0));
  const staff = activeStaffFor(schedule, service).filter(
    (each) =>
      (!wanted.staffId || each.id === wanted.staffId) &&
      (!wanted.locationId || each.locationId === null || each.locationId === wanted.locationId),
  );
  const staffIds = new Set(staff.map((each) => each.id));
  if (fromMs >= toMs || staff.length === 0) return { wanted, fromMs, toMs, staffIds, reads: {} };
  // From a whole minute: what is asked ahead is a moment later still the same question.
  const fromMinuteMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
  const busy = { fromMs: around(fromMinuteMs, schedule).fromMs, toMs: around(toMs, schedule).toMs };
  const turnsOf = staff.length > 1 && service.staffNeeded === 1 ? service.id : undefined;
  return { wanted, fromMs, toMs, staffIds, reads: { busy, turnsOf } };
}

/** Every free start of a service over some days; one statement reads what is occupied. */
export async function freeTimes(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  wanted: Wanted,
  ignoring: Ignoring = {},
): Promise<FreeTimes> {
  const search = searchFor(schedule, wanted, ctx.clock.now().getTime());
  if (!search.reads.busy) return freeIn(schedule, search, new Map());
  const occupied = await loadOccupied(ctx, tx, schedule, search.reads, ignoring);
  return freeIn(withOccupied(schedule, occupied), search, new Map(occupied.turns));
}

/** The same where what the search reads is known. */
export function freeIn(
  schedule: Schedule,
  { wanted, fromMs, toMs, staffIds }: Search,
  turns: ReadonlyMap<string, number>,
): FreeTimes {
  const { service, window, preferredStaffId } = wanted;
  const staff = schedule.staff.filter((each) => staffIds.has(each.id));
  const slots = offeredSlots(schedule, { service, staff, fromMs, toMs, window });
  return { schedule, slots, choosing: { isAsked: wanted.staffId !== undefined, preferredStaffId, turns } };
}

/** A free start as it is offered: with the person whose turn it is of those who are free, its id and how to say it. */
export function toOffer(ctx: Context, found: FreeTimes, service: ScheduledService, slot: FreeSlot): SlotOffer {
  const { schedule, choosing } = found;
  const ids = new Set(slot.staffIds);
  const free = schedule.staff.filter((person) => ids.has(person.id));
  const candidates = free.map((person) => ({
    id: person.id,
    weight: person.weights?.get(service.id) ?? 1,
    turns: choosing.turns.get(person.id) ?? 0,
  }));
  const assigned = assign(candidates, choosing.preferredStaffId);
  const person = free.find((each) => each.id === assigned?.id) ?? free[0];
  const origin = choosing.isAsked || !assigned || assigned.by === "together" ? "asked" : assigned.by;
  const zone = person ? placeOf(schedule, person).zone : schedule.zone;
  return {
    slot: slotIdOf(ctx.keys.slots, {
      orgId: ctx.orgId,
      serviceId: service.id,
      staffId: person?.id ?? "",
      startMs: slot.startMs,
      origin,
    }),
    startMs: slot.startMs,
    startsAt: isoInZone(zone, slot.startMs),
    say: sayInstant(zone, slot.startMs, ctx.clock.now().getTime()),
    staffId: person?.id ?? "",
    staff: person?.name ?? "",
    ...(person?.locationId
      ? {
          locationId: person.locationId,
          location: schedule.locations.find((each) => each.id === person.locationId)?.name,
        }
      : {}),
    ...(person?.tentative ? { tentative: true } : {}),
  };
}

/** At most three times near one that cannot be had: the same day with the same person first, then anybody, then the days after. */
export async function alternativesTo(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  asked: { service: ScheduledService; staffId?: string | undefined; startMs: number },
  ignoring: Ignoring = {},
): Promise<SlotOffer[]> {
  const { service, startMs } = asked;
  const day = localDayOf(schedule.zone, startMs);
  const today = localDayOf(schedule.zone, ctx.clock.now().getTime());
  const fromDay = Math.max(day, today);
  const found = await freeTimes(ctx, tx, schedule, { service, fromDay, toDay: fromDay + 7 }, ignoring);
  const slots = found.slots.filter(
    (slot) => slot.startMs !== startMs || slot.staffIds.some((id) => id !== asked.staffId),
  );
  const same = slots.filter(
    (slot) => asked.staffId && slot.staffIds.includes(asked.staffId) && localDayOf(schedule.zone, slot.startMs) === day,
  );
  const pool = same.length >= 2 ? same.map((slot) => ({ ...slot, staffIds: [asked.staffId ?? ""] })) : slots;
  const choosing = { ...found.choosing, isAsked: same.length >= 2 };
  const at = localMinuteOf(schedule.zone, startMs);
  const chosen = spread(
    pool.map((slot) => slot.startMs),
    { zone: schedule.zone, count: 3, at: same.length >= 2 ? at : undefined, namesDay: false },
  );
  return pool
    .filter((slot) => chosen.includes(slot.startMs))
    .map((slot) => toOffer(ctx, { ...found, choosing }, service, slot));
}
