export { type BookingSeries, bookingOccurrences, type Occurrence, parseBookingRule } from "./booking-series";
export { isoLocalTime, type LocalMs, type LocalTime, parseLocalTime } from "./local-time";
export { type Budget, newBudget, occurrences, type Start } from "./occurrences";
export { parseRule, type Rule, type RuleRefusal } from "./rule";
export { type Series, seriesTimes } from "./series";
export { continuingFrom, endingBefore } from "./split-rule";
