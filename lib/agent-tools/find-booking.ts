import { z } from "zod";
import { callersBookings, notTheirs } from "./callers-bookings";
import { saidBooking } from "./said-booking";
import { defineTool } from "./types";

export const findBookingTool = defineTool({
  name: "find_booking",
  description:
    "Finds the caller's own coming bookings, made under the number that calls or in this call. Answers with their ids for reschedule_booking and cancel_booking.",
  parameters: z.object({
    phone: z.string().max(40).optional().describe("The number the booking was made under, if the caller says one"),
    name: z.string().max(120).optional().describe("The name the booking is under"),
  }),
  // Checked per booking: a caller with a withheld number may still change what was booked in this call.
  identityLevel: 0,
  async run(ctx, { phone, name }, call) {
    if (phone?.trim() && !isCallers(phone, call.fromNumber)) return notTheirs();
    const named = await callersBookings(ctx, call, name?.trim() || undefined);
    const found = named.length > 0 || !name?.trim() ? named : await callersBookings(ctx, call);
    if (found.length === 0) {
      if (!call.fromNumber) return notTheirs();
      return {
        status: "refused",
        say: "I find no coming booking under the number you are calling from.",
        data: { reason: "none_found", bookings: [] },
      };
    }
    const bookings = found.map((booking) => saidBooking(ctx, booking));
    const [first] = bookings;
    const list = bookings.slice(0, 3).map((booking) => booking.say);
    return {
      status: "ok",
      say:
        bookings.length === 1
          ? `I find ${first?.say}.`
          : `I find ${bookings.length} bookings: ${list.slice(0, -1).join("; ")}; and ${list.at(-1)}. Which one is it?`,
      data: { bookings: bookings.map(({ time: _, ...booking }) => booking) },
    };
  },
});

/** The same number however it was written: the last nine digits, which leave out country and trunk prefixes. */
function isCallers(said: string, fromNumber: string | null): boolean {
  const digits = (text: string) => text.replace(/\D/g, "").slice(-9);
  return fromNumber !== null && digits(said).length >= 7 && digits(fromNumber).endsWith(digits(said));
}
