import { changesOf, type Instance, instancesOf } from "../calendar/instances";
import type { CalendarRecord, EventRecord } from "../calendar/records";
import type { CalendarStore } from "../calendar/store";
import { everything, overlaps, type Window } from "../calendar/times";
import { fullSyncRequired, GoogleError, invalid } from "./errors";

/** What a token stands for. Both kinds are opaque to clients. */
interface Position {
  calendarId: string;
  epoch: number;
  /** Changes after this one are new to the reader; undefined = everything is. */
  since: number | undefined;
  /** The calendar's change at which this listing began. */
  upTo: number;
  window: Window;
  singleEvents: boolean;
  /** Pages go by id: what changes between two pages neither repeats nor hides anything. */
  after: string;
}

const write = (kind: "page" | "sync", position: Position): string =>
  Buffer.from(JSON.stringify([kind, position])).toString("base64url");

function read(kind: "page" | "sync", text: string): Position | undefined {
  try {
    const [given, position] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as [string, Position];
    return given === kind ? position : undefined;
  } catch {
    return undefined;
  }
}

/** Parameters that name another set than the one a sync token was given for (events.list, "syncToken"). */
const notWithSyncToken = [
  "iCalUID",
  "orderBy",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "timeMin",
  "timeMax",
  "updatedMin",
];
const farthestMs = 3 * 365 * 86_400_000;

export function listEvents(
  store: CalendarStore,
  calendar: CalendarRecord,
  query: URLSearchParams,
  limits: { nowMs: number; pageSize: number },
): { items: Instance[]; nextPageToken?: string; nextSyncToken?: string } {
  const position = positionOf(store, calendar, query, limits.nowMs);
  const size = Math.min(pageSize(query), limits.pageSize);
  const all = itemsOf(store, calendar.id, position, query.get("showDeleted") === "true")
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => id > position.after);
  const items = all.slice(0, size);
  const last = items.at(-1);
  if (all.length > size && last) return { items, nextPageToken: write("page", { ...position, after: last.id }) };
  // A sorted or searched listing cannot be continued by changes.
  if (query.has("orderBy") || query.has("q")) return { items };
  return { items, nextSyncToken: write("sync", { ...position, since: position.upTo, after: "" }) };
}

function positionOf(store: CalendarStore, calendar: CalendarRecord, query: URLSearchParams, nowMs: number): Position {
  const upTo = store.sequenceOf(calendar.id);
  const pageToken = query.get("pageToken");
  if (pageToken !== null) {
    const position = read("page", pageToken);
    if (position?.calendarId !== calendar.id) throw invalid("Invalid page token value.");
    if (position.epoch !== calendar.syncEpoch && position.since !== undefined) throw fullSyncRequired();
    return position;
  }
  const syncToken = query.get("syncToken");
  if (syncToken !== null) {
    const clash = notWithSyncToken.find((name) => query.has(name));
    if (clash) throw new GoogleError(400, "invalid", `Sync token cannot be combined with ${clash}.`);
    if (query.get("showDeleted") === "false") throw invalid("Sync token cannot be combined with showDeleted=false.");
    const position = read("sync", syncToken);
    if (!position) throw invalid("Invalid sync token value.");
    if (position.calendarId !== calendar.id || position.epoch !== calendar.syncEpoch) throw fullSyncRequired();
    return { ...position, upTo };
  }
  const [fromMs, toMs] = [bound(query, "timeMin"), bound(query, "timeMax")];
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw new GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", { domain: "calendar" });
  // Series without an end are unrolled only so far; how far the vendor goes is not documented.
  const window = { fromMs: fromMs ?? everything.fromMs, toMs: toMs ?? nowMs + farthestMs };
  const singleEvents = query.get("singleEvents") === "true";
  return {
    calendarId: calendar.id,
    epoch: calendar.syncEpoch,
    since: undefined,
    upTo,
    window,
    singleEvents,
    after: "",
  };
}

function itemsOf(store: CalendarStore, calendarId: string, position: Position, showDeleted: boolean): Instance[] {
  const { since, window, singleEvents } = position;
  if (!singleEvents) return unexpanded(store.events(calendarId), since, window, showDeleted);
  if (since === undefined)
    return instancesOf(store, calendarId, window).filter((each) => showDeleted || !each.isCancelled);
  return changesOf(store, calendarId, since, window);
}

/** Series as they are written, with their exceptions; cancelled exceptions are always told. */
function unexpanded(
  records: EventRecord[],
  since: number | undefined,
  window: Window,
  showDeleted: boolean,
): Instance[] {
  return records
    .filter((record) => (since === undefined ? isListed(record, window, showDeleted) : record.sequence > since))
    .map((record) => {
      const { eventId: id, masterId, originalStart, times, isCancelled, sequence } = record;
      return {
        id,
        kind: masterId ? "exception" : "single",
        record,
        masterId,
        originalStart,
        times,
        isCancelled,
        sequence,
      };
    });
}

const isListed = (record: EventRecord, window: Window, showDeleted: boolean): boolean =>
  (!record.isCancelled || showDeleted || record.masterId !== undefined) &&
  (record.recurrence !== undefined || overlaps(record.times, window));

export function bound(query: URLSearchParams, name: "timeMin" | "timeMax"): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new GoogleError(400, "badRequest", "Bad Request", { location: name, locationType: "parameter" });
  return ms;
}

function pageSize(query: URLSearchParams): number {
  const text = query.get("maxResults") ?? "250";
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid("Invalid value for maxResults");
  return Math.min(Number(text), 2500);
}
