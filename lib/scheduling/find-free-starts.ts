import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { loadSchedule } from "./load-schedule";
import { freeTimes } from "./offers";
import { parseIsoDay } from "./rules/civil";
import { localDayOf } from "./rules/zone";
import { findSlotsInput } from "./schemas";

/**
 * When a service can begin between two local dates, ascending, in milliseconds: what `findSlots` offers, without whom, ids and words. For
 * calendars that count a whole month; a month of offers costs some twenty times as much. Throws `not_found`.
 */
export async function findFreeStarts(
  ctx: Context,
  input: Omit<z.input<typeof findSlotsInput>, "fromMinute" | "toMinute"> & { fromDate: string; toDate: string },
): Promise<number[]> {
  authorise(ctx, "read");
  const { serviceId, staffId, locationId, fromDate, toDate } = parse(findSlotsInput, input);
  return inTenant(ctx, async (tx) => {
    const schedule = await loadSchedule(ctx, tx);
    const service = schedule.services.find((each) => each.id === serviceId && each.active);
    if (!service) throw notFound("This service");
    const today = localDayOf(schedule.zone, ctx.clock.now().getTime());
    const [fromDay, toDay] = [parseIsoDay(fromDate ?? "") ?? today, parseIsoDay(toDate ?? "") ?? today];
    const { slots } = await freeTimes(ctx, tx, schedule, { service, staffId, locationId, fromDay, toDay });
    return slots.map((slot) => slot.startMs);
  });
}
