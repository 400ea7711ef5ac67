import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { freeTimesBetween } from "./free-times-between";
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
    const { slots } = await freeTimesBetween(ctx, tx, { serviceId, staffId, locationId, fromDate, toDate });
    return slots.map((slot) => slot.startMs);
  });
}
