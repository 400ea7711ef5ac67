import { MINUTE_MS } from "./civil";
import { covers, type Hours, instantsOf, spansOn, withReach } from "./hours";
import { placeOf, type Schedule, type ScheduledStaff } from "./schedule";
import type { Why } from "./why";
import { localDayOf, localMinuteOf, type Zone } from "./zone";

/** Which rule leaves [startMs, endMs) outside somebody's open time: the hours of the place first, else the person's own. */
export function whyClosed(schedule: Schedule, person: ScheduledStaff, startMs: number, endMs: number): Why {
  const place = placeOf(schedule, person);
  if (!fits(place.hours, place.zone, startMs, endMs)) return whyPlaceClosed(schedule, place, startMs, endMs);
  const day = localDayOf(person.zone, startMs);
  const spans = person.overrides.get(day) ?? person.weekly?.[(((day + 4) % 7) + 7) % 7] ?? [];
  return { rule: "staff_hours", day, spans, isDate: person.overrides.has(day) };
}

function fits(hours: Hours, zone: Zone, startMs: number, endMs: number): boolean {
  const day = localDayOf(zone, startMs);
  return covers(withReach(instantsOf(hours, zone, day - 1, localDayOf(zone, endMs) + 1)), startMs, endMs);
}

function whyPlaceClosed(
  schedule: Schedule,
  { hours, zone, closures }: ReturnType<typeof placeOf>,
  startMs: number,
  endMs: number,
): Why {
  const day = localDayOf(zone, startMs);
  const minute = localMinuteOf(zone, startMs);
  const isDate = hours.overrides.has(day);
  const spans = [...spansOn(hours, day)].sort((a, b) => a.startMinute - b.startMinute);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) {
    const holiday = schedule.holidays.get(day);
    if (holiday !== undefined && closures.get(day) === holiday) return { rule: "holiday", day, name: holiday };
    return isDate ? { rule: "closed_date", day, reason: closures.get(day) ?? "" } : { rule: "closed_weekday", day };
  }
  if (minute < first.startMinute) return { rule: "before_opening", day, minute: first.startMinute, isDate };
  if (minute >= last.endMinute) return { rule: "after_closing", day, minute: last.endMinute, isDate };
  const n = spans.findLastIndex((span) => span.startMinute <= minute);
  const [here, next] = [spans[n], spans[n + 1]];
  if (!here || !next)
    return {
      rule: "runs_past_closing",
      day,
      minute: last.endMinute,
      durationMinutes: (endMs - startMs) / MINUTE_MS,
      isDate,
    };
  return { rule: "in_break", day, fromMinute: here.endMinute, toMinute: next.startMinute, isDate };
}
