import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { bookAppointment, getBooking } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";
import { closeOffer } from "./close-offer";
import { readOffers } from "./find-offer";

/**
 * Turns an open offer into a booking: its hold is consumed by the same verb as any other. Accepting an accepted offer again answers the same
 * booking. There is one winner: the offer's row is locked, and the time is under the constraint that keeps everybody else out.
 * Refusals: `offer_expired`, `offer_closed` (declined, withdrawn), `time_gone` (it can no longer be booked). Throws `not_found`.
 */
export async function acceptOffer(
  ctx: Context,
  input: { offerId: string; callId?: string | undefined },
): Promise<Result<Booking, "offer_expired" | "offer_closed" | "time_gone">> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx, joined) => {
    const [offer] = await readOffers(ctx, tx, sql`f.id = ${input.offerId}`, { isLocked: true });
    if (!offer) throw notFound("This offer");
    if (offer.bookingId) return ok(await getBooking(joined, offer.bookingId));
    if (offer.status === "expired") {
      await closeOffer(joined, offer, "expired");
      return refuse("offer_expired");
    }
    if (offer.status !== "open") return refuse("offer_closed");
    const { slot, holdId, name, notes, contactId, phone, email } = offer;
    const booked = await bookAppointment(joined, {
      ...{ slot, holdId, name, notes, callId: input.callId },
      ...(contactId ? { contactId } : {}),
      ...(phone ? { phone } : {}),
      ...(email ? { email } : {}),
    });
    if (!booked.ok) {
      await closeOffer(joined, offer, "withdrawn");
      return refuse("time_gone");
    }
    const now = ctx.clock.now().toISOString();
    await tx.execute(sql`
      with won as (update waitlist_offers set status = 'accepted', decided_at = ${now}::timestamptz, booking_id = ${booked.value.id}
        where org_id = ${ctx.orgId} and id = ${offer.id})
      update waitlist_entries set status = 'booked', booking_id = ${booked.value.id}, updated_at = ${now}::timestamptz
      where org_id = ${ctx.orgId} and id = ${offer.entryId}`);
    await recordChange(ctx, tx, {
      action: "waitlist.accepted",
      subject: { kind: "waitlist_entry", id: offer.entryId },
      changes: { startsAt: booked.value.startsAt.toISOString() },
      payload: { entryId: offer.entryId, offerId: offer.id, bookingId: booked.value.id, callId: input.callId ?? null },
    });
    return ok(booked.value);
  });
}
