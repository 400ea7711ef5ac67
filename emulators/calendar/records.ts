import type { Recurrence } from "./recurrence";

/** What both vendors' calendars have in common; each emulator shows it in its vendor's words. */
export type Times =
  | { isAllDay: false; startMs: number; endMs: number; zone: string }
  /** `endDay` is the first day after it. The zone is the calendar's: that is where the days lie. */
  | { isAllDay: true; startDay: string; endDay: string; zone: string };

export type Showing = "busy" | "free" | "tentative" | "oof" | "workingElsewhere";

export interface AccountRecord {
  id: string;
  email: string;
  name: string;
  /** IANA name. */
  zone: string;
  calendars: CalendarRecord[];
}

export interface CalendarRecord {
  id: string;
  name: string;
  zone: string;
  isPrimary: boolean;
  isWritable: boolean;
  /** Sync tokens from before it are expired. */
  syncEpoch: number;
}

export interface EventFields {
  title: string;
  times: Times;
  showing: Showing;
  /** The account's own answer to an invitation. */
  response?: "accepted" | "declined" | "tentative" | undefined;
  recurrence?: Recurrence | undefined;
  /** What else the client sent, in the vendor's own shape. */
  extra: Record<string, unknown>;
}

export interface EventRecord extends EventFields {
  /** The document's name on disk. */
  id: string;
  calendarId: string;
  eventId: string;
  /** A deleted event stays, cancelled. */
  isCancelled: boolean;
  /** A changed or cancelled occurrence: of which series, and where it stood in it. */
  masterId?: string | undefined;
  originalStart?: string | undefined;
  /** Counts the changes of this record; the etag is made from it. */
  version: number;
  /** Counts the changes of the calendar. */
  sequence: number;
  createdMs: number;
  updatedMs: number;
  /** Former shapes of a series, so that a reader of changes can be told which occurrences ceased to be. */
  former: { times: Times; recurrence: Recurrence; untilSequence: number }[];
}
