import type { Context } from "@/lib/platform/context";
import type { LoadedSchedule } from "./load-schedule";
import { DAY_MS, MINUTE_MS } from "./rules/civil";
import { type NotBookable, type ScheduledService, type ScheduledStaff, whyNotBookable } from "./rules/schedule";
import type { SlotOffer } from "./schemas";
import { readSlotId, resolveSlot } from "./slot-id";

/** Why a time cannot be had. `slot_taken`: somebody was faster; `staff_cannot`: this person does not do this service. */
export type TimeRefusal = NotBookable | "unknown_slot" | "staff_cannot" | "unknown_service";

/** What may be offered instead, and the start that was asked for where one was understood. */
export type RefusalDetail = { alternatives: SlotOffer[]; startMs?: number | undefined };

export type AskedTime = {
  slot?: string | undefined;
  serviceId?: string | undefined;
  staffId?: string | undefined;
  startsAt?: string | undefined;
};

/** The start of what is asked for before anything is known of it: what must be read lies around it. */
export const startOf = (asked: AskedTime): number | undefined =>
  asked.slot ? readSlotId(asked.slot)?.startMs : asked.startsAt ? Date.parse(asked.startsAt) : undefined;

/** What can overlap a start: a service lasts a day at most and has at most eight hours on either side. */
export const around = (startMs: number) => ({ fromMs: startMs - 2 * DAY_MS, toMs: startMs + 2 * DAY_MS });

export type Bookable = { service: ScheduledService; person: ScheduledStaff; startMs: number };
type Judged = { ok: true; asked: Bookable } | { ok: false; reason: TimeRefusal; asked?: Bookable };

/** A caller may take this long to decide: an offered time does not run out of notice meanwhile. */
const GRACE_MS = 15 * MINUTE_MS;

/** Resolves a slot id or ids and a start, and says whether it can be booked. */
export function judge(ctx: Context, schedule: LoadedSchedule, asked: AskedTime, override: boolean): Judged {
  const { services, staff } = schedule;
  const found = asked.slot
    ? resolveSlot(ctx.keys.slots, ctx.orgId, asked.slot, services, staff)
    : named(schedule, asked);
  if (!found) return { ok: false, reason: asked.slot ? "unknown_slot" : "unknown_service" };
  const { service, person, startMs } = found;
  if (!service.active || !person.active || !person.serviceIds.has(service.id))
    return { ok: false, reason: "staff_cannot", asked: found };
  const waived = { override, graceMs: asked.slot ? GRACE_MS : 0 };
  const reason = whyNotBookable(schedule, service, person, startMs, ctx.clock.now().getTime(), waived);
  return reason ? { ok: false, reason, asked: found } : { ok: true, asked: found };
}

function named(schedule: LoadedSchedule, asked: AskedTime): Bookable | undefined {
  const service = schedule.services.find((each) => each.id === asked.serviceId);
  const person = schedule.staff.find((each) => each.id === asked.staffId);
  const startMs = asked.startsAt ? Date.parse(asked.startsAt) : Number.NaN;
  return service && person && Number.isFinite(startMs) ? { service, person, startMs } : undefined;
}
