import { formatTime } from "@/components/ui/time-format";
import type { listAuditEntries } from "@/lib/events";

export type AuditEntry = Awaited<ReturnType<typeof listAuditEntries>>["items"][number];
export type HistoryLine = { id: string; at: Date; who: string; what: string };

const byKind: Record<string, string> = {
  agent: "The agent",
  contact: "The caller",
  system: "Caly",
  webhook: "Caly",
  apiKey: "An integration",
};

const statuses: Record<string, string> = {
  confirmed: "confirmed",
  completed: "completed",
  no_show: "“did not come”",
  cancelled: "cancelled",
};

/** What happened to a booking in sentences, from its audit rows. */
export function toHistory(entries: readonly AuditEntry[], timeZone: string): HistoryLine[] {
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.createdAt,
    who: byKind[entry.actorKind] ?? entry.actorLabel,
    what: whatHappened(entry.action, (entry.changes ?? {}) as Record<string, unknown>, timeZone),
  }));
}

function whatHappened(action: string, changes: Record<string, unknown>, timeZone: string): string {
  switch (action) {
    case "booking.created":
      return `booked it for ${instant(changes.startsAt, timeZone)}${changes.override ? ", outside the usual hours or notice" : ""}`;
    case "booking.rescheduled":
      return `moved it ${[change(changes.startsAt, (at) => instant(at, timeZone)), change(changes.staff, String)]
        .filter(Boolean)
        .join(", and ")}${terms(changes)}`;
    case "booking.cancelled":
      return `cancelled it${typeof changes.reason === "string" ? `: “${changes.reason}”` : ""}${terms(changes)}`;
    case "booking.link_created":
      return "made a link to see, move and cancel it";
    case "booking.reminded":
      return "wrote a reminder to the caller";
    case "booking.updated":
      return `changed ${[
        changes.status
          ? `the state ${change(changes.status, (status) => statuses[String(status)] ?? String(status))}`
          : "",
        changes.attendeeName ? `the name ${change(changes.attendeeName, (name) => `“${name}”`)}` : "",
        changes.notes ? "the notes" : "",
      ]
        .filter(Boolean)
        .join(" and ")}`;
    default:
      return action.replace(/^booking\./, "").replaceAll("_", " ");
  }
}

/** What the cancellation policy made of it. */
function terms({ fee, waived, because }: Record<string, unknown>): string {
  if (typeof waived === "string")
    return `, and waived ${waived === "deadline" ? "the deadline" : `the fee of ${waived}`}: “${String(because)}”`;
  return typeof fee === "string" ? `, for a fee of ${fee}` : "";
}

function change(value: unknown, say: (side: unknown) => string): string {
  if (typeof value !== "object" || value === null || !("from" in value) || !("to" in value)) return "";
  return `from ${say(value.from)} to ${say(value.to)}`;
}

const instant = (value: unknown, timeZone: string): string =>
  typeof value === "string" ? formatTime(value, timeZone) : "a time";
