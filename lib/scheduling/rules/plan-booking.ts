import { isFree } from "./busy";
import { MINUTE_MS } from "./civil";
import { covers } from "./hours";
import { limitReached } from "./limits";
import { pickResources, whyNoResource } from "./resources";
import {
  activeStaffFor,
  blockOf,
  bounds,
  peopleFor,
  type Schedule,
  type ScheduledService,
  type ScheduledStaff,
  type Session,
  sessionAt,
  shapeFor,
} from "./schedule";
import { teamOf } from "./team";
import type { Why } from "./why";
import { whyClosed } from "./why-closed";

/** What a booking will occupy: who does it (lead first), one resource of each pool, and from when to when. */
export type Plan = {
  team: readonly ScheduledStaff[];
  resourceIds: readonly string[];
  startMs: number;
  endMs: number;
  block: { startMs: number; endMs: number };
  /** The start that has begun to fill, which this seat joins. */
  session: Session | undefined;
};

/** `override` waives hours, notice, horizon and limits, never an overlap; `graceMs`: how much of the notice may have run out since the offer. */
export type Waived = { override?: boolean; graceMs?: number };

export type Planned = { ok: true; plan: Plan } | { ok: false; why: Why };

/** Whether a start can be booked with somebody, and what it would occupy: the rules in the order in which they are explained. */
export function planBooking(
  schedule: Schedule,
  service: ScheduledService,
  lead: ScheduledStaff,
  startMs: number,
  nowMs: number,
  waived: Waived = {},
): Planned {
  const session = sessionAt(schedule, service, lead, startMs);
  const shape = shapeFor(service, lead);
  const plan = {
    startMs,
    endMs: session?.endMs ?? startMs + shape.durationMinutes * MINUTE_MS,
    block: session ? { startMs: session.blockStartMs, endMs: session.blockEndMs } : blockOf(shape, startMs),
    session,
  };
  const early = waived.override ? undefined : whyNotNow(schedule, service, startMs, nowMs, waived.graceMs ?? 0);
  const why = early ?? whyNotWith(schedule, service, lead, plan, waived);
  if (why) return { ok: false, why };
  if (session) return { ok: true, plan: { ...plan, team: [lead], resourceIds: session.resourceIds } };
  const team = service.staffNeeded === 1 ? [lead] : gather(schedule, service, lead, plan, waived);
  if (!Array.isArray(team)) return { ok: false, why: team };
  const resourceIds = pickResources(schedule, service, plan.block, lead.locationId);
  if (resourceIds) return { ok: true, plan: { ...plan, team, resourceIds } };
  return { ok: false, why: whyNoResource(schedule, service, plan.block, lead.locationId) };
}

function whyNotNow(
  schedule: Schedule,
  service: ScheduledService,
  startMs: number,
  nowMs: number,
  graceMs: number,
): Why | undefined {
  const { fromMs, toMs } = bounds(service, schedule.zone, nowMs);
  if (startMs < nowMs) return { rule: "in_the_past" };
  if (startMs < fromMs - graceMs)
    return { rule: "too_soon", minNoticeMinutes: service.minNoticeMinutes, earliestMs: fromMs };
  return startMs >= toMs ? { rule: "too_far", horizonDays: service.horizonDays } : undefined;
}

type Times = Pick<Plan, "startMs" | "endMs" | "block" | "session">;

/** What keeps one person from it: hours, what occupies them, limits. */
function whyNotWith(
  schedule: Schedule,
  service: ScheduledService,
  person: ScheduledStaff,
  { startMs, endMs, block, session }: Times,
  { override = false }: Waived,
): Why | undefined {
  if (!override) {
    const [here] = peopleFor(schedule, [person], startMs, endMs);
    if (!here || !covers(here.open, startMs, endMs)) return whyClosed(schedule, person, startMs, endMs);
  }
  if (session) return session.taken < service.seats ? undefined : { rule: "full", seats: service.seats };
  if (!isFree(person.busy, block.startMs, block.endMs))
    return { rule: "staff_busy", isBuffer: isFree(person.busy, startMs, endMs) };
  if (override) return undefined;
  const ofService = limitReached(schedule, service, startMs);
  if (ofService) return { rule: "service_limit", ...ofService };
  const ofPerson = limitReached(schedule, person, startMs);
  return ofPerson ? { rule: "staff_limit", ...ofPerson } : undefined;
}

/** Everybody a service needs at once, or the rule that leaves too few. */
function gather(
  schedule: Schedule,
  service: ScheduledService,
  lead: ScheduledStaff,
  plan: Times,
  waived: Waived,
): ScheduledStaff[] | Why {
  const able = activeStaffFor(schedule, service);
  const free = able.filter((person) => person.id === lead.id || !whyNotWith(schedule, service, person, plan, waived));
  const needed = service.staffNeeded || able.length;
  return teamOf(service, able, lead, free) ?? { rule: "not_enough_staff", needed, free: free.length };
}
