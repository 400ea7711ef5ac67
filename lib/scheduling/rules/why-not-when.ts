import { explainTime } from "./explain";
import type { Schedule, ScheduledService } from "./schedule";
import type { When } from "./when/resolve-when";
import type { Rule } from "./why";
import { toInstant } from "./zone";

type Asked = { service: ScheduledService; staffId: string | undefined; when: When & { kind: "when" }; nowMs: number };

/** Rules that "is not free" says well enough, or that do not concern a whole part of a day. */
const unsaid: ReadonlySet<Rule> = new Set(["staff_busy", "off_grid"]);

/**
 * Which rule refuses the time a caller named on one day: the minute itself, else the first of the part of the day, else noon (a day that
 * is closed is closed then). undefined where several days were named or the time is free.
 */
export function whyNotWhen(
  schedule: Schedule,
  { service, staffId, when, nowMs }: Asked,
): { rule: Rule; say: string | undefined } | undefined {
  if (!when.namesDay || when.fromDay !== when.toDay) return undefined;
  const isExact = when.at !== undefined;
  const minute = when.at ?? (when.window.fromMinute > 0 ? when.window.fromMinute : 720);
  const startMs = toInstant(schedule.zone, when.fromDay, minute);
  const { why, say } = explainTime(schedule, { service, staffId, startMs, nowMs });
  if (!why || (!isExact && !ofWholeDay.has(why.rule))) return undefined;
  return { rule: why.rule, say: unsaid.has(why.rule) ? undefined : say };
}

/** Without a minute only what holds for the day or from there to its end is a reason. */
const ofWholeDay: ReadonlySet<Rule> = new Set([
  "holiday",
  "closed_date",
  "closed_weekday",
  "after_closing",
  "nobody_does_it",
  "service_limit",
  "staff_limit",
]);
