import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { judge, startOf } from "./ask-for-time";
import { type LoadedSchedule, loadSchedule } from "./load-schedule";
import { DAY_MS, type Day, parseIsoDay } from "./rules/civil";
import { bookingOccurrences, type Occurrence, parseBookingRule } from "./rules/recurrence";
import { placeOf, type ScheduledService, type ScheduledStaff } from "./rules/schedule";
import { localDayOf, localMinuteOf, toInstant, type Zone } from "./rules/zone";
import type { seriesInput } from "./schemas";

/** `bad_rule`: not a rule bookings can repeat by; `too_many`: more than a series may have; `no_occurrence`: the rule names no date. */
export type SeriesRefusal = "bad_rule" | "too_many" | "no_occurrence" | "unknown_slot" | "unknown_service";

/** Two years of weeks. Each is a booking of its own, made in one transaction with the others. */
export const MOST_OCCURRENCES = 104;

export type SeriesPlan = {
  schedule: LoadedSchedule;
  /** Of the place where it is done: its wall clock the times keep. */
  zone: Zone;
  service: ScheduledService;
  person: ScheduledStaff;
  startMinute: number;
  exceptDays: Day[];
  occurrences: Occurrence[];
};

/** What a series asks for: its dates on the business's wall clock, and everything that decides about them, loaded at one moment. */
export async function planSeries(
  ctx: Context,
  tx: Tx,
  input: z.output<typeof seriesInput>,
): Promise<Result<SeriesPlan, SeriesRefusal>> {
  const rule = parseBookingRule(input.rule);
  if (!rule.ok) return refuse("bad_rule");
  const firstMs = startOf(input);
  if (firstMs === undefined) return refuse("unknown_slot");
  const known = await loadSchedule(ctx, tx);
  const asked = judge(ctx, known, input, true).asked;
  if (!asked) return refuse(input.slot ? "unknown_slot" : "unknown_service");
  const { zone } = placeOf(known, asked.person);
  const exceptDays = input.exceptOn.flatMap((iso) => parseIsoDay(iso) ?? []);
  const startMinute = localMinuteOf(zone, firstMs);
  const firstDay = localDayOf(zone, firstMs);
  const found = bookingOccurrences(
    { rule: rule.value, zone, firstDay, minute: startMinute, exceptDays: new Set(exceptDays) },
    MOST_OCCURRENCES,
  );
  if (!found.ok) return found;
  const lastMs = found.value.at(-1)?.startMs ?? firstMs;
  const busy = { fromMs: toInstant(zone, firstDay, 0) - 2 * DAY_MS, toMs: lastMs + 3 * DAY_MS };
  const schedule = await loadSchedule(ctx, tx, { busy, callId: input.callId });
  const { service, person } = asked;
  return ok({ schedule, zone, service, person, startMinute, exceptDays, occurrences: found.value });
}
