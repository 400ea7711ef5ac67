import { z } from "zod";
import { getBooking, moveSeries } from "@/lib/scheduling";
import { acceptedFee } from "./accepted-fee";
import { callersBooking, notTheirs } from "./callers-bookings";
import { isOfTerms, refusedTerms } from "./refused-terms";
import { refusedTime } from "./refused-time";
import { saidBooking } from "./said-booking";
import { offeredSlot, saidTime, slotMeant } from "./said-time";
import { defineTool } from "./types";
import { whichOfSeries } from "./which-of-series";

export const rescheduleBookingTool = defineTool({
  name: "reschedule_booking",
  description:
    "Moves one of the caller's bookings. Pass the booking id from find_booking and either a slot id from find_slots for the same service, or the day and time as the caller said them: then it is moved if they mean one time and it is free, else the answer is a question or other times. The old time is kept if the new one cannot be had. If a fee applies it is refused with data.feeCents: say the fee, and only if the caller agrees call again with it.",
  parameters: z.object({
    booking: z.string().max(80).describe("The booking id from find_booking, unchanged"),
    slot: offeredSlot,
    ...saidTime,
    acceptedFeeCents: acceptedFee,
    which: whichOfSeries,
  }),
  // Checked per booking: a caller with a withheld number may still change what was booked in this call.
  identityLevel: 0,
  async run(ctx, args, call) {
    const booking = await callersBooking(ctx, call, args.booking);
    if (!booking) return notTheirs();
    const { booking: _, acceptedFeeCents, which = "one", ...when } = args;
    const meant = await slotMeant(ctx, call, when, booking);
    if ("answer" in meant) return meant.answer;
    const { slot } = meant;
    const asked = { bookingId: booking.id, slot, callId: call.callId, acceptedFeeCents };
    const moved = await moveSeries(ctx, { ...asked, scope: which });
    if (!moved.ok && moved.detail.terms && isOfTerms(moved.reason))
      return refusedTerms(moved.reason, moved.detail.terms, "move");
    if (!moved.ok && (moved.reason === "not_all_free" || moved.reason === "none_free"))
      return {
        status: "refused",
        say: "Not every appointment of the series can be moved there. Shall I move only this one, or look for another time?",
        data: { reason: moved.reason },
      };
    if (!moved.ok) return refusedTime(ctx, call, moved.reason, moved.detail);
    const { say, time, ...data } = saidBooking(ctx, await getBooking(ctx, booking.id));
    const others = moved.value.moved.length - 1;
    const more = others > 0 ? ` ${others} more of the series moved with it.` : "";
    return { status: "ok", say: `Done, your appointment is now ${say}.${more}`, data: { ...data, say: time } };
  },
});
