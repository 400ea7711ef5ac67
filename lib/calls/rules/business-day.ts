import { Temporal } from "temporal-polyfill";

/** A civil day of a place: `date` is YYYY-MM-DD; it runs from `start` up to `end`, 23 to 25 hours later. */
export type BusinessDay = { date: string; start: Date; end: Date };

const instant = (time: Temporal.ZonedDateTime): Date => new Date(time.epochMilliseconds);

/** The day an instant falls on in `timeZone` (IANA name). */
export function businessDay(now: Date, timeZone: string): BusinessDay {
  const date = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return dayOf(date, timeZone);
}

/** The day of a date as text; undefined when the text is no date, or one whose bounds the database cannot read in every zone. */
export function businessDate(date: string, timeZone: string): BusinessDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  if (date < "1970-01-02" || date > "9999-12-29") return undefined;
  try {
    return dayOf(Temporal.PlainDate.from(date), timeZone);
  } catch {
    return undefined;
  }
}

const dayOf = (date: Temporal.PlainDate, timeZone: string): BusinessDay => ({
  date: date.toString(),
  start: instant(date.toZonedDateTime(timeZone)),
  end: instant(date.add({ days: 1 }).toZonedDateTime(timeZone)),
});

/** The hour 0–23 on the wall of `timeZone`. */
export const localHour = (at: Date, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).hour;
