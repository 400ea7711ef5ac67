import type { Context } from "@/lib/platform/context";
import type { LoadedSchedule } from "./load-schedule";
import type { AssignedBy } from "./rules/assign";
import { DAY_MS, MINUTE_MS } from "./rules/civil";
import { type Plan, planBooking } from "./rules/plan-booking";
import {
  activeStaffFor,
  isOfferedAt,
  type Schedule,
  type ScheduledService,
  type ScheduledStaff,
} from "./rules/schedule";
import { type NotBookable, reasonOf, type Why } from "./rules/why";
import type { SlotOffer } from "./schemas";
import { readSlotId, resolveSlot, type SlotOrigin } from "./slot-id";

/** Why a time cannot be had. `slot_taken`: somebody was faster; `staff_cannot`: this person does not do this service. */
export type TimeRefusal = NotBookable | "unknown_slot" | "unknown_service";

/** What may be offered instead, the start that was asked for where one was understood, and the rule that decided, as a sentence to say. */
export type RefusalDetail = {
  alternatives: SlotOffer[];
  startMs?: number | undefined;
  /** Where it would be; null for a person without a place. */
  locationId?: string | null | undefined;
  /** Of that place. */
  timeZone?: string | undefined;
  rule?: Why["rule"] | undefined;
  say?: string | undefined;
};

export type AskedTime = {
  slot?: string | undefined;
  serviceId?: string | undefined;
  staffId?: string | undefined;
  startsAt?: string | undefined;
};

/** The start of what is asked for before anything is known of it: what must be read lies around it. */
export const startOf = (asked: AskedTime): number | undefined =>
  asked.slot ? readSlotId(asked.slot)?.startMs : asked.startsAt ? Date.parse(asked.startsAt) : undefined;

/**
 * What a booking that starts then can overlap: no more than the longest service there is takes, with its buffers. Without knowing the
 * services, what any may take: a day, with at most eight hours on either side.
 */
export function around(startMs: number, schedule?: Schedule) {
  if (!schedule) return { fromMs: startMs - 2 * DAY_MS, toMs: startMs + 2 * DAY_MS };
  const { services, staff } = schedule;
  const lengths = [
    ...services.map((s) => s.durationMinutes),
    ...staff.flatMap((p) => [...(p.ownMinutes?.values() ?? [])]),
  ];
  const before = Math.max(0, ...services.map((service) => service.bufferBeforeMinutes));
  const after = Math.max(0, ...lengths) + Math.max(0, ...services.map((service) => service.bufferAfterMinutes));
  return { fromMs: startMs - before * MINUTE_MS, toMs: startMs + after * MINUTE_MS };
}

export type Bookable = { service: ScheduledService; person: ScheduledStaff; startMs: number };
/** A plan and why its first person does it. */
export type Choice = { plan: Plan; by: AssignedBy };
export type Judged =
  | { ok: true; asked: Bookable; choices: [Choice, ...Choice[]] }
  | { ok: false; reason: TimeRefusal; why?: Why; asked?: Bookable };

/** A caller may take this long to decide: an offered time does not run out of notice meanwhile. */
const GRACE_MS = 15 * MINUTE_MS;

/**
 * Resolves a slot id or ids and a start, and says whether it can be booked and how. Where nobody was asked for by name, everyone who could
 * take the place of the person offered, and works where they do, follows in `choices`.
 */
export function judge(ctx: Context, schedule: LoadedSchedule, asked: AskedTime, override: boolean): Judged {
  const { services, staff } = schedule;
  const found = asked.slot
    ? resolveSlot(ctx.keys.slots, ctx.orgId, asked.slot, services, staff)
    : named(schedule, asked);
  if (!found) return { ok: false, reason: asked.slot ? "unknown_slot" : "unknown_service" };
  const { service, person, startMs, origin } = found;
  if (!service.active || !person.active || !person.serviceIds.has(service.id))
    return { ok: false, reason: "staff_cannot", why: { rule: "staff_cannot" }, asked: found };
  if (!isOfferedAt(schedule, service, person.locationId))
    return { ok: false, reason: "staff_cannot", why: { rule: "not_offered_there" }, asked: found };
  const waived = { override, graceMs: asked.slot ? GRACE_MS : 0 };
  const planFor = (who: ScheduledStaff) =>
    planBooking(schedule, service, who, startMs, ctx.clock.now().getTime(), waived);
  const first = planFor(person);
  const isTogether = service.staffNeeded !== 1;
  const choices: Choice[] = first.ok ? [{ plan: first.plan, by: isTogether ? "together" : origin }] : [];
  if (origin !== "asked")
    for (const other of activeStaffFor(schedule, service)) {
      if (other.id === person.id || other.locationId !== person.locationId) continue;
      if (other.weights?.get(service.id) === 0 && !isTogether) continue;
      const planned = planFor(other);
      if (planned.ok) choices.push({ plan: planned.plan, by: isTogether ? "together" : "round_robin" });
    }
  const [best, ...rest] = choices;
  if (best) return { ok: true, asked: found, choices: [best, ...rest] };
  const why = first.ok ? undefined : first.why;
  return { ok: false, reason: why ? reasonOf(why) : "slot_taken", ...(why ? { why } : {}), asked: found };
}

function named(schedule: LoadedSchedule, asked: AskedTime): (Bookable & { origin: SlotOrigin }) | undefined {
  const service = schedule.services.find((each) => each.id === asked.serviceId);
  const person = schedule.staff.find((each) => each.id === asked.staffId);
  const startMs = asked.startsAt ? Date.parse(asked.startsAt) : Number.NaN;
  return service && person && Number.isFinite(startMs) ? { service, person, startMs, origin: "asked" } : undefined;
}
