import type { Context } from "@/lib/platform/context";
import { isoInZone, sayInstant, zoneOf } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";

/** A booking as a tool gives it to the model, said in the business's zone. */
export function saidBooking(ctx: Context, booking: Booking) {
  const zone = zoneOf(booking.timeZone);
  const startMs = booking.startsAt.getTime();
  const time = sayInstant(zone, startMs, ctx.clock.now().getTime());
  return {
    booking: booking.id,
    say: `${booking.serviceName} with ${booking.staffName}, ${time}`,
    time,
    startsAt: isoInZone(zone, startMs),
    service: booking.serviceName,
    staff: booking.staffName,
    ...(booking.seriesId ? { repeats: true } : {}),
  };
}
