import type { CalendarFileReader, CalendarPort } from "@/lib/calendars/ports";
import { changesSince } from "./changes";
import { listCalendars } from "./discover";
import { deleteEvent, upsertEvent } from "./events";
import { type Credentials, transport } from "./transport";

export type CaldavConfig = Credentials & {
  read: CalendarFileReader;
  /** Origins that may be private: servers in the own network. */
  allowOrigins?: readonly string[] | undefined;
};

/** A CalDAV account (RFC 4791): Apple, Fastmail, Nextcloud, and every other server that keeps to it. Calendars are named by their address. */
export function caldavCalendar(config: CaldavConfig): CalendarPort {
  const sending = () => transport(config, config.allowOrigins ?? []);
  return {
    listCalendars: () => listCalendars(config, sending()),
    changesSince: (calendarUrl, request) => changesSince(calendarUrl, request, sending(), config.read),
    upsertEvent: (calendarUrl, event, known) => upsertEvent(calendarUrl, event, known, sending()),
    deleteEvent: (calendarUrl, key, known) => deleteEvent(calendarUrl, key, known, sending()),
  };
}
