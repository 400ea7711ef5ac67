import type { Instance } from "../calendar/instances";
import type { AccountRecord, EventRecord, Times } from "../calendar/records";
import { showRecurrence } from "./read-event";
import { showMoment, windowsNameOf } from "./zones";

export const changeKeyOf = (record: EventRecord): string =>
  Buffer.from(`${record.sequence}.${record.version}`).toString("base64");
export const etagOf = (record: EventRecord): string => `W/"${changeKeyOf(record)}"`;

const responses = { accepted: "accepted", declined: "declined", tentative: "tentativelyAccepted" };

/** An event with all its properties. Extended properties are shown only where they are asked for (`$expand`). */
export function showEvent(account: AccountRecord, instance: Instance, zoneName: string, expands = false): object {
  const { record, id, masterId } = instance;
  const { singleValueExtendedProperties, ...extra } = record.extra;
  const zone = windowsNameOf(record.times.zone);
  return {
    ...identityOf(instance),
    createdDateTime: new Date(record.createdMs).toISOString(),
    lastModifiedDateTime: new Date(record.updatedMs).toISOString(),
    changeKey: changeKeyOf(record),
    categories: [],
    transactionId: null,
    originalStartTimeZone: zone,
    originalEndTimeZone: zone,
    iCalUId: `040000008200E00074C5B7101A82E008${Buffer.from(masterId ?? id)
      .toString("hex")
      .slice(0, 40)
      .toUpperCase()}`,
    subject: record.title,
    bodyPreview: "",
    importance: "normal",
    sensitivity: "normal",
    isAllDay: instance.times.isAllDay,
    isCancelled: false,
    isOrganizer: record.response === undefined,
    showAs: record.showing,
    type: typeOf(instance),
    seriesMasterId: masterId ?? null,
    ...endsOf(instance.times, zoneName),
    recurrence: masterId === undefined ? showRecurrence(record) : null,
    responseStatus: {
      response: record.response ? responses[record.response] : "organizer",
      time: "0001-01-01T00:00:00Z",
    },
    organizer: { emailAddress: { name: account.name, address: account.email } },
    attendees: [],
    ...extra,
    ...(expands ? { singleValueExtendedProperties } : {}),
  };
}

/**
 * An occurrence as changes of a calendar view tell it: hardly anything. Whether it is shown as busy stands in its series alone
 * (microsoftgraph/microsoft-graph-docs#7632, -contrib#34).
 */
export const showOccurrence = (instance: Instance, zoneName: string): object => ({
  "@odata.type": "#microsoft.graph.event",
  ...identityOf(instance),
  seriesMasterId: instance.masterId,
  type: "occurrence",
  ...endsOf(instance.times, zoneName),
});

const identityOf = ({ record, id }: Instance) => ({ "@odata.etag": etagOf(record), id });

const typeOf = ({ kind, record }: Instance): string =>
  kind === "single" ? (record.recurrence ? "seriesMaster" : "singleInstance") : kind;

/** Days have no zone: they are told as midnights, in whatever zone was asked for. */
function endsOf(times: Times, zoneName: string): object {
  if (!times.isAllDay) return { start: showMoment(times.startMs, zoneName), end: showMoment(times.endMs, zoneName) };
  const midnight = (day: string) => ({ dateTime: `${day}T00:00:00.0000000`, timeZone: zoneName });
  return { start: midnight(times.startDay), end: midnight(times.endDay) };
}
