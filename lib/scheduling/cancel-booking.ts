import { and, eq, sql } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { agree, type TermsRefusal } from "./agree";
import { getBooking } from "./get-booking";
import { loadTerms } from "./load-terms";
import { type Booking, type CancelBookingInput, type ChangeTerms, cancelBookingInput } from "./schemas";

/**
 * Cancels a booking; one that is cancelled already stays as it is. A fee of the cancellation policy is recorded on the booking as owed.
 * Refusals: `already_over`; by the policy `past_deadline`, `fee_applies` (ask again with the fee that `detail` names as accepted) and
 * `waive_reason_missing`. Throws `not_found`.
 */
export async function cancelBooking(
  ctx: Context,
  input: CancelBookingInput,
): Promise<Result<Booking, "already_over" | TermsRefusal, ChangeTerms>> {
  authorise(ctx, "bookings.write");
  const { bookingId, reason, callId, ...consent } = parse(cancelBookingInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const { status, ...terms } = await loadTerms(ctx, tx, bookingId, "cancel");
    if (status === "cancelled") return ok(await getBooking(joined, bookingId));
    if (status !== "confirmed") return refuse("already_over", terms);
    const agreed = agree(ctx, terms, consent);
    if (!agreed.ok) return refuse(agreed.reason, terms);
    const { feeCents, audit } = agreed;
    const now = ctx.clock.now();
    await tx
      .update(bookings)
      .set({
        status: "cancelled",
        cancelReason: reason || null,
        cancelledAt: now,
        updatedAt: now,
        ...(feeCents > 0 ? { feeCents: sql`${bookings.feeCents} + ${feeCents}`, feeCurrency: terms.currency } : {}),
      })
      .where(and(eq(bookings.orgId, ctx.orgId), eq(bookings.id, bookingId)));
    const booking = await getBooking(joined, bookingId);
    await recordChange(ctx, tx, {
      action: "booking.cancelled",
      subject: { kind: "booking", id: booking.id },
      // What the caller said stays on the booking alone: there it can be erased.
      changes: { startsAt: booking.startsAt.toISOString(), ...audit },
      payload: {
        bookingId: booking.id,
        staffId: booking.staffId,
        startsAt: booking.startsAt.toISOString(),
        callId: callId ?? null,
        feeCents,
      },
    });
    return ok(booking);
  });
}
