import { z } from "zod";
import { cancelSeries, getBooking } from "@/lib/scheduling";
import { acceptedFee } from "./accepted-fee";
import { callersBooking, notTheirs } from "./callers-bookings";
import { isOfTerms, refusedTerms } from "./refused-terms";
import { saidBooking } from "./said-booking";
import { defineTool } from "./types";
import { whichOfSeries } from "./which-of-series";

export const cancelBookingTool = defineTool({
  name: "cancel_booking",
  description:
    "Cancels one of the caller's bookings. Pass the booking id from find_booking. Ask the caller to confirm first. If a fee applies it is refused with data.feeCents: say the fee, and only if the caller agrees call again with it.",
  parameters: z.object({
    booking: z.string().max(80).describe("The booking id from find_booking, unchanged"),
    reason: z.string().max(500).optional(),
    acceptedFeeCents: acceptedFee,
    which: whichOfSeries,
  }),
  // Checked per booking: a caller with a withheld number may still change what was booked in this call.
  identityLevel: 0,
  async run(ctx, { booking: id, reason, acceptedFeeCents, which = "one" }, call) {
    const booking = await callersBooking(ctx, call, id);
    if (!booking) return notTheirs();
    const cancelled = await cancelSeries(ctx, {
      bookingId: booking.id,
      scope: which,
      reason,
      callId: call.callId,
      acceptedFeeCents,
    });
    if (!cancelled.ok && isOfTerms(cancelled.reason)) return refusedTerms(cancelled.reason, cancelled.detail, "cancel");
    const { say, time, ...data } = saidBooking(ctx, await getBooking(ctx, booking.id));
    if (!cancelled.ok)
      return { status: "refused", say: "That appointment is already over.", data: { reason: cancelled.reason } };
    const others = cancelled.value.length - 1;
    const more = others > 0 ? `, and ${others} more of the series,` : "";
    return {
      status: "ok",
      say: `Your ${say}${more} ${others > 0 ? "are" : "is"} cancelled.`,
      data: { ...data, say: time, cancelled: cancelled.value.length },
    };
  },
});
