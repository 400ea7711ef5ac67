import { and, eq } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { getBooking } from "./get-booking";
import type { Booking } from "./schemas";

/** Cancels a booking; one that is cancelled already stays as it is. Refusal: `already_over`. Throws `not_found`. */
export async function cancelBooking(
  ctx: Context,
  input: { bookingId: string; reason?: string | undefined; callId?: string | undefined },
): Promise<Result<Booking, "already_over">> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx, joined) => {
    const reason = input.reason?.trim().slice(0, 500) || null;
    const now = ctx.clock.now();
    const changed = await tx
      .update(bookings)
      .set({ status: "cancelled", cancelReason: reason, cancelledAt: now, updatedAt: now })
      .where(and(eq(bookings.orgId, ctx.orgId), eq(bookings.id, input.bookingId), eq(bookings.status, "confirmed")))
      .returning({ id: bookings.id });
    const booking = await getBooking(joined, input.bookingId);
    if (changed.length === 0) return booking.status === "cancelled" ? ok(booking) : refuse("already_over");
    await recordChange(ctx, tx, {
      action: "booking.cancelled",
      subject: { kind: "booking", id: booking.id },
      // The reason stays on the booking alone: there it can be erased.
      changes: { startsAt: booking.startsAt.toISOString() },
      payload: {
        bookingId: booking.id,
        staffId: booking.staffId,
        startsAt: booking.startsAt.toISOString(),
        callId: input.callId ?? null,
      },
    });
    return ok(booking);
  });
}
