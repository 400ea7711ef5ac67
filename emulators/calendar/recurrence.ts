import { Temporal } from "temporal-polyfill";
import type { Times } from "./records";
import { boundsOf, overlaps, type Window } from "./times";

/** The recurrences both vendors' emulators understand; others are refused where they come in. */
export interface Recurrence {
  frequency: "daily" | "weekly" | "monthly" | "yearly";
  interval: number;
  /** 1 = Monday. Weekly only; without them the weekday of the start. */
  weekdays?: number[] | undefined;
  count?: number | undefined;
  /** The last day on which one may begin. */
  untilDay?: string | undefined;
}

/** A series without an end is not followed further than this. */
const maxOccurrences = 2000;

/** The occurrences of a series that touch the window, in order; each keeps the series' clock time through changes of the offset. */
export function occurrencesOf(times: Times, recurrence: Recurrence, window: Window): Times[] {
  const found: Times[] = [];
  let count = 0;
  for (const day of daysOf(startDayOf(times), recurrence)) {
    if (recurrence.untilDay !== undefined && day.toString() > recurrence.untilDay) break;
    if (++count > (recurrence.count ?? maxOccurrences)) break;
    const moved = onDay(times, day);
    if (boundsOf(moved).startMs >= window.toMs) break;
    if (overlaps(moved, window)) found.push(moved);
  }
  return found;
}

function startDayOf(times: Times): Temporal.PlainDate {
  if (times.isAllDay) return Temporal.PlainDate.from(times.startDay);
  return Temporal.Instant.fromEpochMilliseconds(times.startMs).toZonedDateTimeISO(times.zone).toPlainDate();
}

function onDay(times: Times, day: Temporal.PlainDate): Times {
  if (times.isAllDay) {
    const length = Temporal.PlainDate.from(times.startDay).until(times.endDay);
    return { ...times, startDay: day.toString(), endDay: day.add(length).toString() };
  }
  const clock = Temporal.Instant.fromEpochMilliseconds(times.startMs).toZonedDateTimeISO(times.zone).toPlainTime();
  const startMs = day.toZonedDateTime({ timeZone: times.zone, plainTime: clock }).epochMilliseconds;
  return { ...times, startMs, endMs: startMs + (times.endMs - times.startMs) };
}

function* daysOf(start: Temporal.PlainDate, recurrence: Recurrence): Generator<Temporal.PlainDate> {
  const { frequency, interval } = recurrence;
  const weekdays = [...(recurrence.weekdays ?? [start.dayOfWeek])].sort((a, b) => a - b);
  for (let step = 0; step < maxOccurrences; step++) {
    const by = step * interval;
    if (frequency === "daily") yield start.add({ days: by });
    else if (frequency === "weekly") {
      const monday = start.subtract({ days: start.dayOfWeek - 1 }).add({ weeks: by });
      for (const weekday of weekdays) {
        const day = monday.add({ days: weekday - 1 });
        if (Temporal.PlainDate.compare(day, start) >= 0) yield day;
      }
    } else {
      const day = start.add(frequency === "monthly" ? { months: by } : { years: by });
      // A month without that day has no occurrence.
      if (day.day === start.day) yield day;
    }
  }
}
