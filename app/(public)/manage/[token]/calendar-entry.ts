import ical from "ical-generator";
import type { Booking } from "@/lib/scheduling/schemas";

const titleOf = (booking: Booking, business: string) => `${booking.serviceName}, ${business}`;
const compact = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, "");

/**
 * Where Google's and Microsoft's calendars take an entry from an address. The manage link stays out of both, and out of the file: calendars
 * are shared, and whoever has the link may cancel.
 */
export function calendarLinks(booking: Booking, business: string, where = ""): { google: string; outlook: string } {
  const { startsAt, endsAt } = booking;
  const text = titleOf(booking, business);
  const details = `With ${booking.staffName}`;
  const google = {
    action: "TEMPLATE",
    text,
    dates: `${compact(startsAt)}/${compact(endsAt)}`,
    details,
    location: where,
  };
  const outlook = {
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: text,
    startdt: startsAt.toISOString(),
    enddt: endsAt.toISOString(),
    body: details,
    location: where,
  };
  return {
    google: `https://calendar.google.com/calendar/render?${new URLSearchParams(google)}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${new URLSearchParams(outlook)}`,
  };
}

/** The appointment as an iCalendar file (RFC 5545); the UID is that of the invitation by letter, so that having both is having one. */
export function calendarFile(booking: Booking, business: string, where?: string): string {
  const calendar = ical({ prodId: { company: "Caly", product: "Caly" }, name: business });
  calendar.createEvent({
    id: `${booking.id}@caly`,
    stamp: booking.createdAt,
    start: booking.startsAt,
    end: booking.endsAt,
    summary: titleOf(booking, business),
    description: `With ${booking.staffName}`,
    ...(where ? { location: where } : {}),
  });
  return calendar.toString();
}
