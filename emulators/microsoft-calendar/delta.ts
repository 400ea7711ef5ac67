import { type Instance, seriesOf } from "../calendar/instances";
import type { AccountRecord, CalendarRecord, EventRecord } from "../calendar/records";
import type { CalendarStore } from "../calendar/store";
import { overlaps, type Window } from "../calendar/times";
import { GraphError, resyncRequired } from "./errors";
import { showEvent, showOccurrence } from "./show-event";

/** What the tokens of a round stand for; opaque to clients, the view's bounds included. */
interface Position {
  calendarId: string;
  epoch: number;
  since: number | undefined;
  upTo: number;
  window: Window;
  after: string;
}

export interface DeltaRequest {
  query: URLSearchParams;
  zoneName: string;
  pageSize: number;
  /** The address of this function, for the links to further answers. */
  address: string;
}

const encode = (position: Position): string => Buffer.from(JSON.stringify(position)).toString("base64url");

/**
 * Changes in a calendar view (https://learn.microsoft.com/graph/delta-query-events). Everything of one series stands on one page. A series
 * that changed is told whole, as it is now: an occurrence that was deleted is not told of, it is only not there any more
 * (microsoftgraph/microsoft-graph-docs#4501).
 */
export function calendarViewDelta(
  store: CalendarStore,
  account: AccountRecord,
  calendar: CalendarRecord,
  request: DeltaRequest,
): object {
  const position = positionOf(store, calendar, request.query);
  const records = store.events(calendar.id);
  const groups = records
    .filter((record) => record.masterId === undefined && record.eventId > position.after)
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  const value: object[] = [];
  for (const record of groups) {
    const told = tellGroup(account, records, record, position, request.zoneName);
    if (value.length > 0 && value.length + told.length > request.pageSize) {
      const skipTo = { ...position, after: groups[groups.indexOf(record) - 1]?.eventId ?? "" };
      return answer(value, { "@odata.nextLink": `${request.address}?$skiptoken=${encode(skipTo)}` });
    }
    value.push(...told);
  }
  const next = { ...position, since: position.upTo, after: "" };
  return answer(value, { "@odata.deltaLink": `${request.address}?$deltatoken=${encode(next)}` });
}

const answer = (value: object[], link: object): object => ({
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(event)",
  ...link,
  value,
});

function positionOf(store: CalendarStore, calendar: CalendarRecord, query: URLSearchParams): Position {
  const upTo = store.sequenceOf(calendar.id);
  const token = query.get("$skiptoken") ?? query.get("$deltatoken");
  if (token === null)
    return {
      calendarId: calendar.id,
      epoch: calendar.syncEpoch,
      since: undefined,
      upTo,
      window: viewOf(query),
      after: "",
    };
  const position = decode(token);
  if (position?.calendarId !== calendar.id || position.epoch !== calendar.syncEpoch) throw resyncRequired();
  return query.has("$skiptoken") ? position : { ...position, upTo };
}

function decode(token: string): Position | undefined {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as Position;
  } catch {
    return undefined;
  }
}

/** The bounds every view must be given; their names are read in any case of letters. */
export function viewOf(query: URLSearchParams): Window {
  const bound = (name: string) => {
    const text = [...query].find(([given]) => given.toLowerCase() === name)?.[1] ?? "";
    return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  };
  const window = { fromMs: bound("startdatetime"), toMs: bound("enddatetime") };
  if (window.fromMs < window.toMs) return window;
  throw new GraphError(
    400,
    "ErrorInvalidParameter",
    "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.",
  );
}

function tellGroup(
  account: AccountRecord,
  records: EventRecord[],
  record: EventRecord,
  { since, window }: Position,
  zoneName: string,
): object[] {
  const exceptions = records.filter((each) => each.masterId === record.eventId);
  const sequence = Math.max(record.sequence, ...exceptions.map((each) => each.sequence));
  if (since !== undefined && sequence <= since) return [];
  const instances = record.recurrence
    ? seriesOf(records, record, window).filter((each) => !each.isCancelled)
    : overlaps(record.times, window) && !record.isCancelled
      ? [standing(record)]
      : [];
  if (instances.length === 0) return since === undefined ? [] : [removed(record.eventId)];
  const shown = (each: Instance) => ({
    "@odata.type": "#microsoft.graph.event",
    ...showEvent(account, each, zoneName),
  });
  if (!record.recurrence) return instances.map(shown);
  const told = instances.map((each) => (each.kind === "occurrence" ? showOccurrence(each, zoneName) : shown(each)));
  return [shown(standing(record)), ...told];
}

/** Also what has left the view by a move; whether the vendor gives another reason for that is not documented. */
const removed = (id: string): object => ({
  "@odata.type": "#microsoft.graph.event",
  id,
  "@removed": { reason: "deleted" },
});

export function standing(record: EventRecord): Instance {
  const { eventId: id, masterId, originalStart, times, isCancelled, sequence } = record;
  return { id, kind: masterId ? "exception" : "single", record, masterId, originalStart, times, isCancelled, sequence };
}
