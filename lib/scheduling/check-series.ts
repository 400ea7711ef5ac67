import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result } from "@/lib/platform/result";
import { judge } from "./ask-for-time";
import { planSeries, type SeriesPlan, type SeriesRefusal } from "./plan-series";
import { refuseTime } from "./refuse-time";
import { isoOf } from "./rules/civil";
import { isoInZone, sayInstant } from "./rules/speak";
import { type SeriesInput, type SeriesOccurrence, type SeriesReport, seriesInput } from "./schemas";

/**
 * Every date of a series with whether it can be booked, or why not and what is free near it. Changes nothing and promises nothing: a date
 * may be gone when the series is booked. Refusals: `bad_rule`, `too_many`, `no_occurrence`, `unknown_slot`, `unknown_service`.
 */
export async function checkSeries(ctx: Context, input: SeriesInput): Promise<Result<SeriesReport, SeriesRefusal>> {
  authorise(ctx, "read");
  const asked = parse(seriesInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const planned = await planSeries(ctx, tx, asked);
    if (!planned.ok) return planned;
    const { schedule, service, person, occurrences } = planned.value;
    const override = asked.override && ctx.actor.kind === "member";
    const report: SeriesOccurrence[] = [];
    let blockedUntil = Number.NEGATIVE_INFINITY;
    for (const occurrence of occurrences) {
      const said = facts(ctx, planned.value, occurrence);
      const time = { serviceId: service.id, staffId: person.id, startsAt: said.startsAt };
      const judged = judge(ctx, schedule, time, override);
      const block = judged.ok ? judged.choices[0].plan.block : undefined;
      if (block && block.startMs >= blockedUntil) {
        blockedUntil = block.endMs;
        report.push({ ...said, reason: undefined, why: undefined, alternatives: [] });
        continue;
      }
      // A date that is free but for the one before it in the same series is taken by that one.
      const taken = { reason: "slot_taken" as const, asked: judged.asked };
      const refused = await refuseTime(joined, tx, schedule, judged.ok ? taken : judged, { callId: asked.callId });
      report.push({
        ...said,
        reason: refused.reason,
        why: refused.detail.say,
        alternatives: refused.detail.alternatives,
      });
    }
    return ok(toReport(planned.value, report));
  });
}

/** What is said of an occurrence whether or not it can be had. */
export function facts(
  ctx: Context,
  { zone }: SeriesPlan,
  { day, startMs, isMoved }: SeriesPlan["occurrences"][number],
) {
  return {
    onDate: isoOf(day),
    startMs,
    startsAt: isoInZone(zone, startMs),
    say: sayInstant(zone, startMs, ctx.clock.now().getTime()),
    isMoved,
  };
}

export const toReport = ({ zone, service, person }: SeriesPlan, occurrences: SeriesOccurrence[]): SeriesReport => ({
  timeZone: zone.name,
  service: service.name,
  staff: person.name,
  occurrences,
  bookable: occurrences.filter((each) => each.reason === undefined).length,
});
