import type { CSSProperties } from "react";
import type { Lane } from "./lanes";
import type { CalendarBooking, CalendarDay } from "./types";

export const pixelsPerMinute = 1.2;

/** A column of the grid: a day, or a member of staff on a day. `staffId` is absent where a column shows several. */
export type Column = {
  key: string;
  day: CalendarDay;
  staffId: string | undefined;
  label: string;
  longLabel: string;
  isToday: boolean;
};

/** What is being carried and where it would land. */
export type Carry = { booking: CalendarBooking; target: CalendarBooking; reason: string | undefined };

export function place(
  span: { startMinute: number; endMinute: number },
  fromMinute: number,
  lane?: Lane,
): CSSProperties {
  return {
    top: (span.startMinute - fromMinute) * pixelsPerMinute,
    height: Math.max(14, (span.endMinute - span.startMinute) * pixelsPerMinute - 1),
    ...(lane ? { left: `${(lane.lane / lane.lanes) * 100}%`, width: `calc(${100 / lane.lanes}% - 3px)` } : {}),
  };
}

/** The minute of the day under a point of a column, on the grid of starts. */
export function minuteAt(offsetPixels: number, fromMinute: number, stepMinutes: number): number {
  return fromMinute + Math.floor(offsetPixels / pixelsPerMinute / stepMinutes) * stepMinutes;
}

export const isIn = (column: Column, span: { staffId: string; dayIso: string }) =>
  span.dayIso === column.day.iso && (column.staffId === undefined || span.staffId === column.staffId);
