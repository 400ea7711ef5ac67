import type { Instance } from "../calendar/instances";
import type { AccountRecord, EventRecord, Times } from "../calendar/records";
import { writeRule } from "../calendar/rrule";
import { withOffset } from "../calendar/times";

export const etagOf = (record: EventRecord): string => `"${record.sequence}${String(record.version).padStart(6, "0")}"`;

/** An event as the vendor shows it: by itself, or an occurrence of a series. */
export function showEvent(account: AccountRecord, calendarZone: string, instance: Instance): object {
  const { record, id, masterId, originalStart } = instance;
  const series =
    masterId === undefined || originalStart === undefined
      ? {}
      : { recurringEventId: masterId, originalStartTime: startOf(originalStart, calendarZone) };
  const base = { kind: "calendar#event", etag: etagOf(record), id };
  if (instance.isCancelled) return { ...base, status: "cancelled", ...series };
  const self = { email: account.email, self: true };
  return {
    ...base,
    status: record.showing === "tentative" ? "tentative" : "confirmed",
    htmlLink: `https://www.google.com/calendar/event?eid=${encodeURIComponent(id)}`,
    created: new Date(record.createdMs).toISOString(),
    updated: new Date(record.updatedMs).toISOString(),
    summary: record.title,
    creator: self,
    organizer: self,
    ...endsOf(instance.times, calendarZone),
    ...(record.recurrence && masterId === undefined ? { recurrence: [writeRule(record.recurrence)] } : {}),
    ...(record.showing === "free" ? { transparency: "transparent" } : {}),
    ...(record.response ? { attendees: [{ ...self, responseStatus: record.response }] } : {}),
    iCalUID: `${masterId ?? id}@google.com`,
    sequence: 0,
    ...record.extra,
    ...series,
    reminders: record.extra.reminders ?? { useDefault: true },
    eventType: "default",
  };
}

function endsOf(times: Times, calendarZone: string): object {
  if (times.isAllDay) return { start: { date: times.startDay }, end: { date: times.endDay } };
  const end = (ms: number) => ({ dateTime: withOffset(ms, calendarZone), timeZone: times.zone });
  return { start: end(times.startMs), end: end(times.endMs) };
}

const startOf = (originalStart: string, zone: string): object =>
  originalStart.length === 10
    ? { date: originalStart }
    : { dateTime: withOffset(Date.parse(originalStart), zone), timeZone: zone };
