import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { loadSchedule } from "./load-schedule";
import { freeTimes, toOffer } from "./offers";
import { parseIsoDay } from "./rules/civil";
import { localDayOf } from "./rules/zone";
import { findSlotsInput, type SlotOffer } from "./schemas";

/**
 * Every time at which a service can be booked between two local dates (default: from today to the service's horizon), ascending; each
 * with the person who would do it. Notice, horizon, hours, dates and everything already booked or held are considered.
 */
export async function findSlots(
  ctx: Context,
  input: z.input<typeof findSlotsInput>,
): Promise<{ timeZone: string; slots: SlotOffer[] }> {
  authorise(ctx, "read");
  const { serviceId, staffId, locationId, fromDate, toDate, ...window } = parse(findSlotsInput, input);
  return inTenant(ctx, async (tx) => {
    const schedule = await loadSchedule(ctx, tx);
    const service = schedule.services.find((each) => each.id === serviceId && each.active);
    if (!service) throw notFound("This service");
    const today = localDayOf(schedule.zone, ctx.clock.now().getTime());
    const fromDay = fromDate ? (parseIsoDay(fromDate) ?? today) : today;
    const toDay = toDate ? (parseIsoDay(toDate) ?? fromDay) : today + service.horizonDays;
    const found = await freeTimes(ctx, tx, schedule, { service, staffId, locationId, fromDay, toDay, window });
    return {
      timeZone: schedule.zone.name,
      slots: found.slots.map((slot) => toOffer(ctx, found, service, slot)),
    };
  });
}
