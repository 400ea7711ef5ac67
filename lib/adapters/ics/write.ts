import ical, {
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
} from "ical-generator";

type Person = { name: string; email: string };

/** A booking as a calendar shows it. Times are written in UTC, which every calendar puts into its reader's zone. */
export type WrittenEvent = {
  /** The same for every version of one booking. */
  uid: string;
  /** Rises with every change: a calendar ignores what is older than what it has. */
  sequence: number;
  startMs: number;
  endMs: number;
  /** When the booking was last changed. */
  changedMs: number;
  title: string;
  description?: string | undefined;
  location?: string | undefined;
  /** Absolute; where the booking can be seen and changed. */
  url?: string | undefined;
  isCancelled?: boolean;
};

const MAKER = { company: "Caly", product: "Scheduling", language: "EN" };

/** Bookings to be opened in or added to a calendar: no request, nobody is answered. */
export function writeEvents(events: readonly WrittenEvent[]): string {
  const calendar = ical({ prodId: MAKER, method: ICalCalendarMethod.PUBLISH });
  for (const event of events) withEvent(calendar, event);
  return calendar.toString();
}

/** One booking as an invitation by mail (RFC 5546): REQUEST to book or change, CANCEL to take back. */
export function writeInvitation(event: WrittenEvent, from: Person, to: Person): string {
  const calendar = ical({
    prodId: MAKER,
    method: event.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const attendee: ICalAttendeeData = {
    name: to.name,
    email: to.email,
    role: ICalAttendeeRole.REQ,
    status: event.isCancelled ? ICalAttendeeStatus.DECLINED : ICalAttendeeStatus.ACCEPTED,
  };
  return withEvent(calendar, event, { organizer: from, attendees: [attendee] }).toString();
}

/** A calendar to subscribe to, read again by its subscribers every `everyMinutes`. */
export function writeFeed(feed: { name: string; everyMinutes: number; events: readonly WrittenEvent[] }): string {
  const calendar = ical({
    prodId: MAKER,
    name: feed.name,
    method: ICalCalendarMethod.PUBLISH,
    ttl: feed.everyMinutes * 60,
  });
  for (const event of feed.events) withEvent(calendar, event);
  return calendar.toString();
}

function withEvent(
  calendar: ICalCalendar,
  event: WrittenEvent,
  people: { organizer?: Person; attendees?: ICalAttendeeData[] } = {},
): ICalCalendar {
  calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    start: new Date(event.startMs),
    end: new Date(event.endMs),
    stamp: new Date(event.changedMs),
    lastModified: new Date(event.changedMs),
    summary: event.title,
    description: event.description ?? null,
    location: event.location ?? null,
    url: event.url ?? null,
    status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...people,
  });
  return calendar;
}
