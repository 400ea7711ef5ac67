import { ok, type Result, refuse } from "../../../platform/result";
import { DAY_MS, type Day, MINUTE_MS } from "../civil";
import { instantOfLocal, toLocal, type Zone } from "../zone";
import { parseRule, type Rule, type RuleRefusal } from "./rule";
import { seriesTimes } from "./series";

const BOOKABLE = ["DAILY", "WEEKLY", "MONTHLY"];

/**
 * A rule by which bookings may repeat: daily, weekly or monthly, with a count or an end (a date as the end includes that day), one booking
 * a day. Refused, with what is wrong as the detail: text that is not a rule, a rule of another kind, one without an end.
 */
export function parseBookingRule(text: string): Result<Rule, RuleRefusal | "endless_rule", string> {
  const parsed = parseRule(text);
  if (!parsed.ok) return parsed;
  const rule = parsed.value;
  if (!BOOKABLE.includes(rule.frequency)) return refuse("unsupported_rule", `FREQ=${rule.frequency}`);
  const finer = rule.hours.length + rule.minutes.length + rule.seconds.length;
  if (finer > 0) return refuse("unsupported_rule", "bookings of a series are at one time of day");
  if (rule.count === undefined && rule.until === undefined) return refuse("endless_rule", "COUNT or UNTIL is missing");
  if (rule.until?.kind === "date") return ok({ ...rule, until: { kind: "local", ms: rule.until.ms + DAY_MS - 1 } });
  return ok(rule);
}

export type BookingSeries = {
  rule: Rule;
  zone: Zone;
  /** The first date looked at and the time of day, on the wall clock of `zone`; the first booking is the first the rule names from there. */
  firstDay: Day;
  minute: number;
  exceptDays?: ReadonlySet<Day> | undefined;
};

export type Occurrence = {
  day: Day;
  startMs: number;
  /** The clocks go forward over the time asked for: it is as much later as they are moved. */
  isMoved: boolean;
};

/** Every occurrence of a series, ascending; refused when there are more than `most`, or when the rule names none. */
export function bookingOccurrences(
  series: BookingSeries,
  most: number,
): Result<Occurrence[], "too_many" | "no_occurrence"> {
  const { rule, zone, firstDay, minute, exceptDays } = series;
  const found: Occurrence[] = [];
  const start = { ms: firstDay * DAY_MS + minute * MINUTE_MS, zone };
  for (const local of seriesTimes({ start, rules: [rule] })) {
    const day = Math.floor(local / DAY_MS);
    if (exceptDays?.has(day)) continue;
    if (found.length === most) return refuse("too_many");
    const startMs = instantOfLocal(zone, local);
    found.push({ day, startMs, isMoved: toLocal(zone, startMs) !== local });
  }
  return found.length > 0 ? ok(found) : refuse("no_occurrence");
}
