/**
 * What the calendars draw. Days are ISO dates and minutes count from local midnight in the business's zone (0–1440, on a
 * day of a clock change as the wall clock reads), worked out by the server: no time-zone arithmetic in the browser.
 */
export type CalendarStaff = { id: string; name: string };

export type CalendarDay = {
  /** 2026-11-24 */
  iso: string;
  /** "Tue 24" */
  label: string;
  /** "Tuesday 24 November" */
  longLabel: string;
  isToday: boolean;
  /** Minute of the day it is now, on today's column only. */
  nowMinute?: number;
  /** "Closed", "Bank holiday". */
  note?: string;
};

type Span = { staffId: string; dayIso: string; startMinute: number; endMinute: number };

/** When a member of staff can be booked; the rest of the column is greyed. */
export type CalendarOpening = Span;

export type BookingStatus = "confirmed" | "pending" | "completed" | "no_show" | "cancelled";

export type CalendarBooking = Span & {
  id: string;
  /** Who. */
  title: string;
  /** What. */
  subtitle?: string;
  status: BookingStatus;
  href: string;
  /** Occupied before and after, in minutes: drawn as a fringe and counted when something is dropped. */
  bufferBefore?: number;
  bufferAfter?: number;
  isMovable?: boolean;
};

export type CalendarHold = Span & {
  id: string;
  title: string;
  /** ISO instant at which the slot is free again. */
  expiresAt: string;
};

/** Busy in a calendar outside Caly. */
export type CalendarBusy = Span & { id: string; calendarName: string; freshness: string };

export type CalendarData = {
  days: readonly CalendarDay[];
  staff: readonly CalendarStaff[];
  openings: readonly CalendarOpening[];
  bookings: readonly CalendarBooking[];
  holds: readonly CalendarHold[];
  busy: readonly CalendarBusy[];
  /** First and last minute drawn, e.g. 480 and 1140. */
  fromMinute: number;
  toMinute: number;
  /** Grid of starts and of moves, e.g. 15. */
  stepMinutes: number;
};

export type BookingMove = { bookingId: string; staffId: string; dayIso: string; startMinute: number };

export type MoveResult = { ok: true } | { ok: false; message: string };

/** A server action; a refusal is shown where the booking was dropped. */
export type MoveBooking = (move: BookingMove) => Promise<MoveResult>;
