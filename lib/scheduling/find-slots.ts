import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { freeTimesBetween } from "./free-times-between";
import { toOffer } from "./offers";
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
    const found = await freeTimesBetween(ctx, tx, { serviceId, staffId, locationId, fromDate, toDate, window });
    return {
      timeZone: found.schedule.zone.name,
      slots: found.slots.map((slot) => toOffer(ctx, found, found.service, slot)),
    };
  });
}
