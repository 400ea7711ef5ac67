import type { Day } from "./civil";
import type { Limit } from "./limits";

/** The one rule that decides about a time, with the facts of it: what an owner is shown and a caller is told. */
export type Why =
  | { rule: "in_the_past" }
  | { rule: "too_soon"; minNoticeMinutes: number; earliestMs: number }
  | { rule: "too_far"; horizonDays: number }
  /** The place is closed on that day: a holiday, a date of its own, or that weekday always. */
  | { rule: "holiday"; day: Day; name: string }
  | { rule: "closed_date"; day: Day; reason: string }
  | { rule: "closed_weekday"; day: Day }
  /** Open on that day, but not then. `isDate`: the hours are those of this date alone. */
  | { rule: "before_opening" | "after_closing"; day: Day; minute: number; isDate: boolean }
  | { rule: "runs_past_closing"; day: Day; minute: number; durationMinutes: number; isDate: boolean }
  | { rule: "in_break"; day: Day; fromMinute: number; toMinute: number; isDate: boolean }
  /** The place is open, this person does not work then. Spans are in the person's zone. */
  | { rule: "staff_hours"; day: Day; spans: readonly { startMinute: number; endMinute: number }[]; isDate: boolean }
  /** Occupied; `isBuffer`: the time itself is free, the time before or after it is not. */
  | { rule: "staff_busy"; isBuffer: boolean }
  | { rule: "full"; seats: number }
  | ({ rule: "service_limit" | "staff_limit" } & Limit)
  /** Of what would do, what is in use then, and what the owner has closed. */
  | { rule: "no_resource"; names: readonly string[]; closed?: readonly { name: string; reason: string }[] }
  | { rule: "not_enough_staff"; needed: number; free: number }
  | { rule: "staff_cannot" }
  | { rule: "not_offered_there" }
  | { rule: "nobody_does_it" }
  /** Can be booked, but is not among the times that are offered. */
  | { rule: "off_grid"; gridMinutes: number };

export type Rule = Why["rule"];

/** What a verb answers with: fewer kinds than rules, and stable. */
export type NotBookable =
  | "in_the_past"
  | "too_soon"
  | "too_far"
  | "outside_hours"
  | "slot_taken"
  | "full"
  | "limit_reached"
  | "no_resource"
  | "not_enough_staff"
  | "staff_cannot";

const reasons: Record<Rule, NotBookable> = {
  in_the_past: "in_the_past",
  too_soon: "too_soon",
  too_far: "too_far",
  holiday: "outside_hours",
  closed_date: "outside_hours",
  closed_weekday: "outside_hours",
  before_opening: "outside_hours",
  after_closing: "outside_hours",
  runs_past_closing: "outside_hours",
  in_break: "outside_hours",
  staff_hours: "outside_hours",
  staff_busy: "slot_taken",
  full: "full",
  service_limit: "limit_reached",
  staff_limit: "limit_reached",
  no_resource: "no_resource",
  not_enough_staff: "not_enough_staff",
  staff_cannot: "staff_cannot",
  not_offered_there: "staff_cannot",
  nobody_does_it: "staff_cannot",
  off_grid: "outside_hours",
};

export const reasonOf = (why: Why): NotBookable => reasons[why.rule];
