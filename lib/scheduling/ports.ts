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
