import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { loadOccupied } from "./load-occupied";
import { loadSchedule } from "./load-schedule";
import { DAY_MS, MINUTE_MS, parseIsoDay } from "./rules/civil";
import { type Explained, explainTime } from "./rules/explain";
import { withOccupied } from "./rules/occupied";
import { offeredSlots } from "./rules/offered-slots";
import { activeStaffFor, bounds } from "./rules/schedule";
import { localDayOf, toInstant } from "./rules/zone";
import { explainInput } from "./schemas";

export type ExplainedTimes = { timeZone: string; times: Explained[] };

/**
 * Why times are offered or refused: of one start (`startsAt`), or of a whole local day of the business (`onDate`): every step of the
 * service's grid from midnight to midnight and every time that is offered. Nothing is changed. Throws `not_found` for an unknown service.
 */
export async function explainAvailability(ctx: Context, input: z.input<typeof explainInput>): Promise<ExplainedTimes> {
  authorise(ctx, "read");
  const { serviceId, staffId, startsAt, onDate, contactId } = parse(explainInput, input);
  const nowMs = ctx.clock.now().getTime();
  return inTenant(ctx, async (tx) => {
    const atMs = startsAt ? Date.parse(startsAt) : undefined;
    const roughMs = atMs ?? (parseIsoDay(onDate ?? "") ?? 0) * DAY_MS;
    const range = { fromMs: roughMs - 3 * DAY_MS, toMs: roughMs + 4 * DAY_MS };
    const loaded = await loadSchedule(ctx, tx, { days: range, contactId });
    const service = loaded.services.find((each) => each.id === serviceId);
    if (!service) throw notFound("This service");
    const occupied = await loadOccupied(ctx, tx, loaded, { busy: range, turnsOf: serviceId });
    const schedule = withOccupied(loaded, occupied);
    const asked = {
      service,
      staffId,
      nowMs,
      turns: new Map(occupied.turns),
      preferredStaffId: loaded.preferredStaffId,
    };
    const explain = (startMs: number) => explainTime(schedule, { ...asked, startMs });
    if (atMs !== undefined) return { timeZone: schedule.zone.name, times: [explain(atMs)] };
    const day = parseIsoDay(onDate ?? "") ?? localDayOf(schedule.zone, nowMs);
    const [fromMs, toMs] = [toInstant(schedule.zone, day, 0), toInstant(schedule.zone, day + 1, 0)];
    const limits = bounds(service, schedule.zone, nowMs);
    const offered = offeredSlots(schedule, {
      service,
      staff: activeStaffFor(schedule, service).filter((person) => !staffId || person.id === staffId),
      fromMs: Math.max(fromMs, limits.fromMs),
      toMs: Math.min(toMs, limits.toMs),
    });
    const starts = new Set(offered.map((slot) => slot.startMs));
    for (let at = fromMs; at < toMs; at += service.gridMinutes * MINUTE_MS) starts.add(at);
    return { timeZone: schedule.zone.name, times: [...starts].sort((a, b) => a - b).map(explain) };
  });
}
