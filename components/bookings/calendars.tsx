"use client";

import { CalendarGrid } from "./calendar-grid";
import type { CalendarData, MoveBooking } from "./types";

export type CalendarProps = {
  data: CalendarData;
  /** Where an empty cell leads, with {day}, {minute} and {staff} filled in. Without it empty cells do nothing. */
  newHref?: string;
  /** Without it nothing can be moved. */
  onMove?: MoveBooking;
};

/** A week: one column per day, the staff who are chosen side by side in it. A move keeps its member of staff. */
export function WeekCalendar(props: CalendarProps) {
  const { data } = props;
  const only = data.staff.length === 1 ? data.staff[0] : undefined;
  const columns = data.days.map((day) => ({
    key: day.iso,
    day,
    staffId: only?.id,
    label: day.label,
    longLabel: day.longLabel,
    isToday: day.isToday,
  }));
  return <CalendarGrid {...props} columns={columns} label={`Bookings, ${rangeLabel(data)}`} />;
}

/** The first day of `data.days`: one column per member of staff. */
export function DayCalendar(props: CalendarProps) {
  const { data } = props;
  const day = data.days[0];
  if (!day) return null;
  const columns = data.staff.map((staff) => ({
    key: staff.id,
    day,
    staffId: staff.id,
    label: staff.name,
    longLabel: `${staff.name}, ${day.longLabel}`,
    isToday: false,
  }));
  return <CalendarGrid {...props} columns={columns} label={`Bookings, ${day.longLabel}`} />;
}

const rangeLabel = (data: CalendarData) => `${data.days[0]?.longLabel ?? ""} to ${data.days.at(-1)?.longLabel ?? ""}`;
