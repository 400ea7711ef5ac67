import type { EventFields, EventRecord, Showing, Times } from "../calendar/records";
import type { Recurrence } from "../calendar/recurrence";
import { invalid } from "./errors";
import { readMoment } from "./zones";

export type Body = Record<string, unknown>;

/** What the emulator itself decides; anything else a client sends is kept and shown again. */
const own = [
  "id",
  "changeKey",
  "subject",
  "start",
  "end",
  "isAllDay",
  "showAs",
  "recurrence",
  "type",
  "seriesMasterId",
];
const derived = ["isCancelled", "isOrganizer", "createdDateTime", "lastModifiedDateTime", "responseStatus", "iCalUId"];
const decided = new Set([...own, ...derived]);
const showings = ["free", "tentative", "busy", "oof", "workingElsewhere"];
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The fields of a body, over those an event had (a patch). */
export function readEvent(body: Body, before?: EventRecord): EventFields {
  const extra = { ...before?.extra };
  for (const [name, value] of Object.entries(body)) {
    // A transaction's id is given once.
    if (decided.has(name) || name.startsWith("@") || (before && name === "transactionId")) continue;
    extra[name] = value;
  }
  const title = body.subject ?? before?.title ?? "";
  if (typeof title !== "string") throw invalid("subject must be text");
  const showing = body.showAs ?? before?.showing ?? "busy";
  if (!showings.includes(String(showing))) throw invalid(`showAs cannot be ${showing}`);
  return {
    title,
    times: readTimes(body, before),
    showing: showing as Showing,
    response: before?.response,
    recurrence: body.recurrence === undefined ? before?.recurrence : readRecurrence(body.recurrence),
    extra,
  };
}

function readTimes(body: Body, before: EventRecord | undefined): Times {
  if (before && body.start === undefined && body.end === undefined) return before.times;
  const [start, end] = [readMoment(body.start, "start"), readMoment(body.end, "end")];
  if (start.ms > end.ms) throw invalid("The start of an event must not come after its end.");
  if (!(body.isAllDay ?? before?.times.isAllDay ?? false))
    return { isAllDay: false, startMs: start.ms, endMs: end.ms, zone: start.zone };
  if (![start, end].every(({ civil }) => civil.endsWith("T00:00:00")) || start.civil === end.civil)
    throw invalid("An event that takes all day begins and ends at midnight.");
  return { isAllDay: true, startDay: start.civil.slice(0, 10), endDay: end.civil.slice(0, 10), zone: start.zone };
}

/** `patternedRecurrence`, the simple kinds (https://learn.microsoft.com/graph/api/resources/patternedrecurrence). */
function readRecurrence(value: unknown): Recurrence | undefined {
  if (value === null) return undefined;
  const { pattern, range } = value as { pattern?: Body; range?: Body };
  const frequency = { daily: "daily", weekly: "weekly", absoluteMonthly: "monthly" }[String(pattern?.type)];
  if (!frequency || !range) throw invalid("This emulator plays daily, weekly and absoluteMonthly patterns only");
  const days = (pattern?.daysOfWeek as string[] | undefined)?.map((day) => weekdays.indexOf(day.toLowerCase()) + 1);
  return {
    frequency: frequency as Recurrence["frequency"],
    interval: Number(pattern?.interval ?? 1),
    ...(frequency === "weekly" && days ? { weekdays: days } : {}),
    ...(range.type === "numbered" ? { count: Number(range.numberOfOccurrences) } : {}),
    ...(range.type === "endDate" ? { untilDay: String(range.endDate) } : {}),
  };
}

export function showRecurrence(record: EventRecord): object | null {
  const { recurrence, times } = record;
  if (!recurrence) return null;
  const { frequency, interval, count, untilDay } = recurrence;
  const startDate = times.isAllDay ? times.startDay : new Date(times.startMs).toISOString().slice(0, 10);
  const daysOfWeek = recurrence.weekdays?.map((day) => weekdays[day - 1]);
  return {
    pattern: {
      type: frequency === "monthly" ? "absoluteMonthly" : frequency,
      interval,
      ...(daysOfWeek ? { daysOfWeek } : {}),
    },
    range:
      count !== undefined
        ? { type: "numbered", startDate, numberOfOccurrences: count }
        : untilDay !== undefined
          ? { type: "endDate", startDate, endDate: untilDay }
          : { type: "noEnd", startDate, endDate: "0001-01-01" },
  };
}
