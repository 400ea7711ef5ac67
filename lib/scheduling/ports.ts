/** Time as adapters need it to read and write calendars: zones and recurrences, all of it pure. */
export {
  type Budget,
  isoLocalTime,
  type LocalMs,
  type LocalTime,
  newBudget,
  occurrences,
  parseLocalTime,
  parseRule,
  type Rule,
  seriesTimes,
} from "./rules/recurrence";
export { instantOfLocal, isTimeZone, offsetAt, toLocal, type Zone, zoneFrom, zoneOf } from "./rules/zone";

/** A country or a part of one, by the code the holiday data gives it. */
export type HolidayPlace = { code: string; name: string };

/** Public holidays as somebody outside knows them: asked when an owner chooses and when dates are written down, never for a time. */
export type HolidayData = {
  countries(): HolidayPlace[];
  regions(country: string): HolidayPlace[];
  /** Public and bank holidays of these years by ISO date, in order; substitute days under the name of their holiday. */
  holidays(
    place: { country: string; region: string | null },
    years: readonly number[],
  ): { onDate: string; name: string }[];
};
