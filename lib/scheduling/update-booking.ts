import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { bookings } from "@/db/schema";
import { inTenant, withSavepoint } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { getBooking } from "./get-booking";
import { constraintAgainst } from "./move-block";
import { changedFields } from "./rules/changed-fields";
import { type Booking, updateBookingInput } from "./schemas";

/**
 * Changes name, e-mail address, notes or what became of a booking. Refusals: `not_started` (it cannot be over before it has begun), `cancelled`,
 * `slot_taken` (set back to confirmed while its time was given away). Throws `not_found`.
 */
export async function updateBooking(
  ctx: Context,
  input: z.input<typeof updateBookingInput>,
): Promise<Result<Booking, "not_started" | "cancelled" | "slot_taken">> {
  authorise(ctx, "bookings.write");
  const { bookingId, name, email, notes, status } = parse(updateBookingInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const before = await getBooking(joined, bookingId);
    if (status && before.status === "cancelled") return refuse("cancelled");
    if (status && status !== "confirmed" && before.startsAt > ctx.clock.now()) return refuse("not_started");
    const wanted = {
      attendeeName: name ?? before.attendeeName,
      attendeeEmail: email === undefined ? before.attendeeEmail : email || null,
      notes: notes ?? before.notes,
      status: status ?? before.status,
    };
    const changes = changedFields(before, wanted);
    if (Object.keys(changes).length === 0) return ok(before);
    const write = () =>
      tx
        .update(bookings)
        .set({ ...wanted, updatedAt: ctx.clock.now() })
        .where(and(eq(bookings.orgId, ctx.orgId), eq(bookings.id, bookingId)));
    if (await constraintAgainst(() => withSavepoint(tx, write))) return refuse("slot_taken");
    await recordChange(ctx, tx, {
      action: "booking.updated",
      subject: { kind: "booking", id: bookingId },
      changes: withoutPersonalData(changes),
      payload: { bookingId, staffId: before.staffId, status: wanted.status },
    });
    return ok({ ...before, ...wanted });
  });
}

/** An audit row cannot be erased with its contact: it says that a name or notes were changed, not what they were. */
function withoutPersonalData({ status, ...personal }: ReturnType<typeof changedFields>): Record<string, unknown> {
  return {
    ...(status ? { status } : {}),
    ...Object.fromEntries(Object.keys(personal).map((field) => [field, "changed"])),
  };
}
