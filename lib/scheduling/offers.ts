import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import type { Ignoring } from "./load-busy";
import { loadBusy } from "./load-busy";
import { DAY_MS } from "./rules/civil";
import { type FreeSlot, freeSlots } from "./rules/free-slots";
import { activeStaffFor, bounds, peopleFor, type Schedule, type ScheduledService, withBusy } from "./rules/schedule";
import { isoInZone, sayInstant } from "./rules/speak";
import { spread } from "./rules/spread";
import { localDayOf, localMinuteOf, toInstant } from "./rules/zone";
import type { SlotOffer } from "./schemas";
import { slotIdOf } from "./slot-id";

type Wanted = {
  service: ScheduledService;
  staffId?: string | undefined;
  /** Local days, both included; cut to what the service's notice and horizon allow. */
  fromDay: number;
  toDay: number;
  window?: { fromMinute: number; toMinute: number } | undefined;
};

export type FreeTimes = { schedule: Schedule; slots: FreeSlot[] };

/** Every free start of a service over some days; one statement reads what is occupied. */
export async function freeTimes(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  wanted: Wanted,
  ignoring: Ignoring = {},
): Promise<FreeTimes> {
  const { service, window } = wanted;
  const limits = bounds(service, schedule.zone, ctx.clock.now().getTime());
  const fromMs = Math.max(limits.fromMs, toInstant(schedule.zone, wanted.fromDay, 0));
  const toMs = Math.min(limits.toMs, toInstant(schedule.zone, wanted.toDay + 1, 0));
  const staff = activeStaffFor(schedule, service.id).filter((each) => !wanted.staffId || each.id === wanted.staffId);
  if (fromMs >= toMs || staff.length === 0) return { schedule, slots: [] };
  const busy = await loadBusy(ctx, tx, { fromMs: fromMs - DAY_MS, toMs: toMs + 2 * DAY_MS }, ignoring);
  const current = withBusy(schedule, busy);
  const ids = new Set(staff.map((each) => each.id));
  const people = peopleFor(
    current,
    current.staff.filter((each) => ids.has(each.id)),
    fromMs,
    toMs,
  );
  return { schedule: current, slots: freeSlots({ zone: schedule.zone, shape: service, people, fromMs, toMs, window }) };
}

/** A free start as it is offered: with the least occupied of those who are free, its id and how to say it. */
export function toOffer(ctx: Context, schedule: Schedule, service: ScheduledService, slot: FreeSlot): SlotOffer {
  const free = schedule.staff.filter((person) => slot.staffIds.includes(person.id));
  const person = free.reduce(
    (best, each) => (each.busy.length < best.busy.length ? each : best),
    free[0] ?? { id: "", name: "", busy: [] },
  );
  return {
    slot: slotIdOf(ctx.keys.slots, {
      orgId: ctx.orgId,
      serviceId: service.id,
      staffId: person.id,
      startMs: slot.startMs,
    }),
    startMs: slot.startMs,
    startsAt: isoInZone(schedule.zone, slot.startMs),
    say: sayInstant(schedule.zone, slot.startMs, ctx.clock.now().getTime()),
    staffId: person.id,
    staff: person.name,
    ...("tentative" in person && person.tentative ? { tentative: true } : {}),
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
  const at = localMinuteOf(schedule.zone, startMs);
  const chosen = spread(
    pool.map((slot) => slot.startMs),
    { zone: schedule.zone, count: 3, at: same.length >= 2 ? at : undefined, namesDay: false },
  );
  return pool
    .filter((slot) => chosen.includes(slot.startMs))
    .map((slot) => toOffer(ctx, found.schedule, service, slot));
}
