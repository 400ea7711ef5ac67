import type { EventFields, EventRecord, Times } from "../calendar/records";
import { readRule } from "../calendar/rrule";
import { civilToMs, isZone } from "../calendar/times";
import { invalid, required } from "./errors";

export type Body = Record<string, unknown>;

/** What the emulator itself decides; anything else a client sends is kept and shown again. */
const own = [
  "kind",
  "etag",
  "id",
  "status",
  "htmlLink",
  "created",
  "updated",
  "summary",
  "start",
  "end",
  "transparency",
];
const derived = ["recurrence", "iCalUID", "creator", "organizer", "recurringEventId", "originalStartTime", "eventType"];
const decided = new Set([...own, ...derived]);

/** The fields of a body, over those an event had (a patch). */
export function readEvent(body: Body, calendarZone: string, before?: EventRecord): EventFields {
  const extra = { ...before?.extra };
  for (const [name, value] of Object.entries(body)) {
    if (decided.has(name)) continue;
    if (value === null) delete extra[name];
    else extra[name] = value;
  }
  const title = body.summary ?? before?.title ?? "";
  if (typeof title !== "string") throw invalid("Invalid value for summary");
  const hasTimes = body.start !== undefined || body.end !== undefined;
  return {
    title,
    times: before && !hasTimes ? before.times : readTimes(body, calendarZone),
    showing: readShowing(body, before),
    response: before?.response,
    recurrence: readRecurrence(body.recurrence, before),
    extra,
  };
}

function readShowing(body: Body, before: EventRecord | undefined): EventFields["showing"] {
  const transparency = body.transparency ?? (before?.showing === "free" ? "transparent" : "opaque");
  const status = body.status ?? (before?.showing === "tentative" ? "tentative" : "confirmed");
  return transparency === "transparent" ? "free" : status === "tentative" ? "tentative" : "busy";
}

function readRecurrence(lines: unknown, before: EventRecord | undefined): EventFields["recurrence"] {
  if (lines === undefined) return before?.recurrence;
  if (!Array.isArray(lines)) throw invalid("Invalid value for recurrence");
  if (lines.length === 0) return undefined;
  const rule = lines.length === 1 ? readRule(String(lines[0])) : undefined;
  if (!rule) throw invalid("Invalid recurrence rule.");
  return rule;
}

function readTimes(body: Body, calendarZone: string): Times {
  const [start, end] = [readEnd(body.start, "start"), readEnd(body.end, "end")];
  if (start.day !== undefined && end.day !== undefined) {
    if (start.day >= end.day) throw invalid("The specified time range is empty.");
    return { isAllDay: true, startDay: start.day, endDay: end.day, zone: calendarZone };
  }
  if (start.day !== undefined || end.day !== undefined)
    throw invalid("Start and end times must both be date or both be dateTime.");
  const zone = start.zone ?? calendarZone;
  const [startMs, endMs] = [instantOf(start, zone), instantOf(end, zone)];
  if (startMs > endMs) throw invalid("The specified time range is empty.");
  return { isAllDay: false, startMs, endMs, zone };
}

interface End {
  day?: string;
  civilOrInstant?: string;
  zone?: string;
}

function readEnd(value: unknown, name: "start" | "end"): End {
  if (typeof value !== "object" || value === null) throw required(name);
  const { date, dateTime, timeZone } = value as Record<string, unknown>;
  if (timeZone !== undefined && timeZone !== null && !(typeof timeZone === "string" && isZone(timeZone)))
    throw invalid("Invalid time zone definition.");
  const zone = typeof timeZone === "string" ? { zone: timeZone } : {};
  if (typeof dateTime === "string") return { civilOrInstant: dateTime, ...zone };
  if (typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date)) return { day: date };
  throw invalid(`Missing ${name} time.`);
}

function instantOf({ civilOrInstant = "", zone }: End, fallback: string): number {
  try {
    const hasOffset = /(Z|[+-]\d\d:?\d\d)$/i.test(civilOrInstant);
    const ms = hasOffset ? Date.parse(civilOrInstant) : civilToMs(civilOrInstant, zone ?? fallback);
    if (!Number.isNaN(ms)) return ms;
  } catch {}
  throw invalid("Invalid value for: Invalid format");
}
