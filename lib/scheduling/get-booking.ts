import { and, eq, ne } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { selectBookings } from "./booking-rows";
import type { Booking } from "./schemas";

/** One booking; throws `not_found` for another organisation's and for holds. */
export async function getBooking(ctx: Context, bookingId: string): Promise<Booking> {
  authorise(ctx, "read");
  const [booking] = await inTenant(ctx, (tx) =>
    selectBookings(ctx, tx, and(eq(bookings.id, bookingId), ne(bookings.status, "held"))),
  );
  if (!booking) throw notFound("This booking");
  return booking;
}
