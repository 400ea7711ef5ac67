import type { Context } from "@/lib/platform/context";
import { findBookings } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";
import type { ToolAnswer, ToolCallInfo } from "./types";

/** Coming bookings this caller may hear of and change: those of the number that calls, and those made in this call. */
export const callersBookings = (ctx: Context, call: ToolCallInfo, name?: string): Promise<Booking[]> =>
  findBookings(ctx, {
    phone: call.fromNumber ?? undefined,
    contactId: call.fromNumber ? (call.contactId ?? undefined) : undefined,
    callId: call.callId,
    name,
  });

/** The one booking a caller may change, by its id; undefined for anybody else's, whether it exists or not. */
export async function callersBooking(
  ctx: Context,
  call: ToolCallInfo,
  bookingId: string,
): Promise<Booking | undefined> {
  return (await callersBookings(ctx, call)).find((booking) => booking.id === bookingId.trim());
}

/** Says nothing of whether such a booking exists. */
export const notTheirs = (): ToolAnswer => ({
  status: "refused",
  say: "I can only look at and change bookings made under the number you are calling from. I can take a message and somebody will call you back.",
  data: { reason: "not_this_caller" },
});
