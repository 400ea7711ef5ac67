import type { CalendarData, CalendarDay } from "@/components/bookings/types";
import { formatTime } from "@/components/ui/time-format";
import type { Availability } from "@/lib/scheduling";

type Options = {
  slug: string;
  /** How a number is written for somebody without a name. */
  writePhone: (e164: string) => string;
};

const usual = { startMinute: 9 * 60, endMinute: 17 * 60 };

/** What the calendars draw, from what scheduling knows: words and minutes, no instants left to reckon with in the browser. */
export function toCalendar(availability: Availability, { slug, writePhone }: Options): CalendarData {
  const { bookings, holds, openings } = availability;
  const shown: { startMinute: number; endMinute: number }[] = [...openings, ...bookings, ...holds];
  if (shown.length === 0) shown.push(usual);
  const fromMinute = Math.floor(Math.min(...shown.map((span) => span.startMinute)) / 60) * 60;
  const toMinute = Math.ceil(Math.max(...shown.map((span) => span.endMinute)) / 60) * 60;
  return {
    days: availability.days.map((day) => toDay(day, availability)),
    staff: availability.staff,
    openings,
    bookings: bookings.map((booking) => ({
      id: booking.id,
      staffId: booking.staffId,
      dayIso: booking.dayIso,
      startMinute: booking.startMinute,
      endMinute: booking.endMinute,
      title: booking.attendeeName || (booking.attendeePhone ? writePhone(booking.attendeePhone) : "No name"),
      subtitle: booking.serviceName,
      status: booking.status === "held" ? "pending" : booking.status,
      href: `/o/${slug}/bookings/${booking.partOf ?? booking.id}`,
      bufferBefore: booking.bufferBeforeMinutes,
      bufferAfter: booking.bufferAfterMinutes,
      isMovable: booking.status === "confirmed" && !booking.partOf,
    })),
    holds: holds.map(({ expiresAt, serviceName, ...hold }) => ({
      ...hold,
      title: serviceName,
      expiresAt: expiresAt.toISOString(),
    })),
    // A day off does not stretch the picture to midnight.
    busy: availability.busy.flatMap(({ readAt, isCurrent, ...each }) => {
      const span = {
        startMinute: Math.max(each.startMinute, fromMinute),
        endMinute: Math.min(each.endMinute, toMinute),
      };
      const read = readAt ? `read ${formatTime(readAt, availability.timeZone, "time")}` : "not read yet";
      const freshness = isCurrent ? read : `not up to date, ${read}`;
      return span.startMinute < span.endMinute ? [{ ...each, ...span, freshness }] : [];
    }),
    fromMinute,
    toMinute,
    stepMinutes: 15,
  };
}

function toDay(
  day: Availability["days"][number],
  { todayIso, nowMinute }: Pick<Availability, "todayIso" | "nowMinute">,
): CalendarDay {
  const isToday = day.iso === todayIso;
  return {
    iso: day.iso,
    ...dayLabels(day.iso),
    isToday,
    ...(isToday ? { nowMinute } : {}),
    ...(day.isClosed ? { note: day.closure || "Closed" } : day.closure ? { note: day.closure } : {}),
  };
}

/** Dates have no zone: read as UTC, written as UTC. */
const short = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", timeZone: "UTC" });
const long = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
const range = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

const noon = (iso: string) => new Date(`${iso}T12:00:00Z`);

/** "Tue 24" and "Tuesday 24 November". */
export const dayLabels = (iso: string) => ({ label: short.format(noon(iso)), longLabel: long.format(noon(iso)) });

/** "Tuesday, 24 November 2026". */
export const fullDay = (iso: string): string => full.format(noon(iso));

/** "November 2026". */
export const monthName = (iso: string): string => month.format(noon(iso));

/** "23 – 29 November 2026". */
export const daysRange = (from: string, to: string): string => range.formatRange(noon(from), noon(to));
