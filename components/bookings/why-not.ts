import { formatMinuteOfDay } from "../ui/duration-format";
import type { BookingMove, CalendarBooking, CalendarData } from "./types";

type Where = { staffId: string; dayIso: string; startMinute: number; endMinute: number };

const overlaps = (a: { startMinute: number; endMinute: number }, b: { startMinute: number; endMinute: number }) =>
  a.startMinute < b.endMinute && b.startMinute < a.endMinute;

/**
 * What the server would say to a booking there, as far as this page knows: hours, other bookings with their buffers,
 * holds, other calendars. Undefined when nothing speaks against it. The server has the last word.
 */
export function whyNot(data: CalendarData, where: Where, moving?: CalendarBooking): string | undefined {
  const isHere = (other: { staffId: string; dayIso: string }) =>
    other.staffId === where.staffId && other.dayIso === where.dayIso;
  const staff = data.staff.find((each) => each.id === where.staffId)?.name ?? "Staff";
  const span = {
    startMinute: where.startMinute - (moving?.bufferBefore ?? 0),
    endMinute: where.endMinute + (moving?.bufferAfter ?? 0),
  };
  const opening = data.openings.find(
    (each) => isHere(each) && each.startMinute <= where.startMinute && each.endMinute >= where.endMinute,
  );
  if (!opening) return `Outside ${staff}'s hours`;
  const booking = data.bookings.find(
    (each) =>
      isHere(each) &&
      each.id !== moving?.id &&
      each.status !== "cancelled" &&
      overlaps(span, {
        startMinute: each.startMinute - (each.bufferBefore ?? 0),
        endMinute: each.endMinute + (each.bufferAfter ?? 0),
      }),
  );
  if (booking) return `${staff} has ${booking.title} until ${formatMinuteOfDay(booking.endMinute)}`;
  const hold = data.holds.find((each) => isHere(each) && overlaps(span, each));
  if (hold) return `Held for ${hold.title}`;
  const busy = data.busy.find((each) => isHere(each) && overlaps(span, each));
  return busy && `Busy in ${busy.calendarName}`;
}

/** Where a booking would stand after a move; its length stays. */
export function moved(booking: CalendarBooking, move: Omit<BookingMove, "bookingId">): CalendarBooking {
  return { ...booking, ...move, endMinute: move.startMinute + booking.endMinute - booking.startMinute };
}
