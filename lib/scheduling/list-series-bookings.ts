import { asc, eq } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { selectBookings } from "./booking-rows";
import type { Booking } from "./schemas";

/** Every booking of a series by its start, whatever became of it. */
export async function listSeriesBookings(ctx: Context, seriesId: string): Promise<Booking[]> {
  authorise(ctx, "read");
  return inTenant(ctx, (tx) =>
    selectBookings(ctx, tx, eq(bookings.seriesId, seriesId)).orderBy(asc(bookings.startsAt), asc(bookings.id)),
  );
}
