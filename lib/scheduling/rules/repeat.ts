import { parseBookingRule, type Rule } from "./recurrence";

/** How a booking repeats, as forms and agents ask for it; exactly one of `count` and `until` (that date included). */
export type Repeat = {
  frequency: "daily" | "weekly" | "monthly";
  interval: number;
  count?: number | undefined;
  until?: string | undefined;
};

/** The same as a rule of RFC 5545. Without days of its own it repeats on the weekday or day of the month it begins with. */
export function ruleOf({ frequency, interval, count, until }: Repeat): string {
  const end = count === undefined ? `UNTIL=${(until ?? "").replaceAll("-", "")}` : `COUNT=${count}`;
  return [`FREQ=${frequency.toUpperCase()}`, interval === 1 ? "" : `INTERVAL=${interval}`, end]
    .filter(Boolean)
    .join(";");
}

const units: Partial<Record<Rule["frequency"], string>> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month" };

/** "Every week", "Every 2 weeks": what an owner reads of a rule. Days, counts and ends are seen in the dates themselves. */
export function sayRule(rule: string): string {
  const parsed = parseBookingRule(rule);
  if (!parsed.ok) return "Repeated";
  const { frequency, interval } = parsed.value;
  const unit = units[frequency] ?? "time";
  return interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`;
}
