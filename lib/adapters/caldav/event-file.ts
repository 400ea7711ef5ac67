import ical from "ical-generator";
import { type CalendarEvent, uidOf } from "@/lib/calendars/ports";

/** An event as a calendar file of its own (RFC 5545). Times are in UTC: no description of a zone is needed, and none can be misread. */
export function eventFile(event: CalendarEvent): string {
  const calendar = ical({ prodId: { company: "Caly", product: "Caly" } });
  calendar.createEvent({
    id: uidOf(event.key),
    start: new Date(event.startMs),
    end: new Date(event.endMs),
    summary: event.title,
    ...(event.description ? { description: event.description } : {}),
    ...(event.location ? { location: event.location } : {}),
  });
  return calendar.toString();
}
