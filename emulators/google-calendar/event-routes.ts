import { type Instance, instancesOf, seriesOf } from "../calendar/instances";
import type { AccountRecord, CalendarRecord, EventRecord } from "../calendar/records";
import type { CalendarServer } from "../calendar/server";
import { everything } from "../calendar/times";
import type { HttpReply, HttpRequest, Route } from "../http/router";
import { GoogleError, invalid, notFound } from "./errors";
import { bound, listEvents } from "./list-events";
import { partialResponse } from "./partial-response";
import { type Body, readEvent } from "./read-event";
import { etagOf, showEvent } from "./show-event";

type HolderOf = (request: HttpRequest) => AccountRecord;
export interface Place {
  account: AccountRecord;
  calendar: CalendarRecord;
}

const eventsPath = "/calendar/v3/calendars/:calendar/events";
const eventPath = `${eventsPath}/:event`;

/** `primary` or an id, of a calendar the token's holder has. */
export function placeOf(request: HttpRequest, holderOf: HolderOf): Place {
  const account = holderOf(request);
  const wanted = request.params.calendar;
  const calendar = account.calendars.find((each) => (wanted === "primary" ? each.isPrimary : each.id === wanted));
  if (!calendar) throw notFound();
  return { account, calendar };
}

export function eventRoutes(server: CalendarServer, holderOf: HolderOf): Route[] {
  const { store } = server;
  const at = (request: HttpRequest) => placeOf(request, holderOf);
  const show = ({ account, calendar }: Place, instance: Instance) => showEvent(account, calendar.zone, instance);
  const answer = (place: Place, record: EventRecord): HttpReply => {
    const { eventId: id, masterId, originalStart, times, isCancelled, sequence } = record;
    const kind = masterId ? ("exception" as const) : ("single" as const);
    const body = show(place, { id, kind, record, masterId, originalStart, times, isCancelled, sequence });
    return { status: 200, headers: { etag: etagOf(record) }, body };
  };

  return [
    { method: "GET", pattern: eventsPath, handle: list },
    { method: "POST", pattern: eventsPath, handle: insert },
    {
      method: "GET",
      pattern: eventPath,
      handle(request) {
        const place = at(request);
        const found = find(place, request);
        return "record" in found ? { status: 200, body: show(place, found) } : answer(place, found);
      },
    },
    { method: "PATCH", pattern: eventPath, handle: (request) => write(request, "patch") },
    { method: "PUT", pattern: eventPath, handle: (request) => write(request, "update") },
    { method: "DELETE", pattern: eventPath, handle: remove },
    { method: "GET", pattern: `${eventPath}/instances`, handle: instances },
  ];

  function list(request: HttpRequest): HttpReply {
    const place = at(request);
    const { items, ...tokens } = listEvents(store, place.calendar, request.query, {
      nowMs: server.clock.now(),
      pageSize: server.faults.pageSize(),
    });
    return partial(request, collection(place, items, tokens));
  }

  function instances(request: HttpRequest): HttpReply {
    const place = at(request);
    const master = store.event(place.calendar.id, request.params.event ?? "");
    if (!master?.recurrence) throw notFound();
    const window = {
      fromMs: bound(request.query, "timeMin") ?? everything.fromMs,
      toMs: bound(request.query, "timeMax") ?? everything.toMs,
    };
    const showDeleted = request.query.get("showDeleted") === "true";
    const items = seriesOf(store.events(place.calendar.id), master, window).filter(
      (each) => showDeleted || !each.isCancelled,
    );
    const asked = Number(request.query.get("maxResults") ?? 250) || 250;
    const size = Math.min(asked, 2500, server.faults.pageSize());
    const from = Number(request.query.get("pageToken") ?? 0) || 0;
    const next = from + size < items.length ? { nextPageToken: String(from + size) } : {};
    return partial(request, collection(place, items.slice(from, from + size), next));
  }

  function collection(place: Place, items: Instance[], tokens: object): object {
    return {
      kind: "calendar#events",
      etag: `"p${store.sequenceOf(place.calendar.id)}"`,
      summary: place.calendar.name,
      updated: new Date(server.clock.now()).toISOString(),
      timeZone: place.calendar.zone,
      accessRole: place.calendar.isWritable ? "owner" : "reader",
      defaultReminders: [],
      ...tokens,
      items: items.map((item) => show(place, item)),
    };
  }

  async function insert(request: HttpRequest): Promise<HttpReply> {
    const place = writable(at(request));
    const body = await readObject(request);
    const id = body.id ?? server.newEventId();
    if (typeof id !== "string" || !/^[a-v0-9]{5,1024}$/.test(id)) throw invalid("Invalid resource id value.");
    // An id stays taken after its event was deleted.
    if (store.event(place.calendar.id, id))
      throw new GoogleError(409, "duplicate", "The requested identifier already exists.");
    return answer(place, store.add(place.calendar.id, id, readEvent(body, place.calendar.zone)));
  }

  async function write(request: HttpRequest, how: "patch" | "update"): Promise<HttpReply> {
    const place = writable(at(request));
    const found = find(place, request);
    const record = "record" in found ? found.record : found;
    checkEtag(request, record);
    const body = await readObject(request);
    // A deleted event comes back by being confirmed; without that it stays deleted.
    const isCancelled = body.status === "cancelled" || (body.status === undefined && record.isCancelled);
    if ("record" in found && found.originalStart !== undefined) {
      const fields = readEvent(body, place.calendar.zone, { ...record, times: found.times });
      const change = { ...fields, recurrence: undefined, isCancelled };
      return answer(place, server.changeOccurrence(record, found.originalStart, change));
    }
    const before = how === "patch" ? record : undefined;
    return answer(place, store.change(record, { ...readEvent(body, place.calendar.zone, before), isCancelled }));
  }

  function remove(request: HttpRequest): HttpReply {
    const place = writable(at(request));
    const found = find(place, request);
    if (found.isCancelled) throw new GoogleError(410, "deleted", "Resource has been deleted");
    const record = "record" in found ? found.record : found;
    checkEtag(request, record);
    if ("record" in found && found.originalStart !== undefined)
      server.changeOccurrence(record, found.originalStart, { isCancelled: true });
    else store.change(record, { isCancelled: true });
    return { status: 204 };
  }

  /** An event or exception by its id, or the occurrence of a series by `<series>_<stamp>`. */
  function find(place: Place, request: HttpRequest): EventRecord | Instance {
    const id = request.params.event ?? "";
    const record = store.event(place.calendar.id, id);
    if (record) return record;
    const occurrence = id.includes("_")
      ? instancesOf(store, place.calendar.id, everything).find((each) => each.id === id)
      : undefined;
    if (!occurrence) throw notFound();
    return occurrence;
  }
}

const partial = (request: HttpRequest, body: object): HttpReply => ({
  status: 200,
  body: partialResponse(body, request.query.get("fields")) as object,
});

function writable(place: Place): Place {
  if (place.calendar.isWritable) return place;
  throw new GoogleError(403, "requiredAccessLevel", "You need to have writer access to this calendar.", {
    domain: "calendar",
  });
}

function checkEtag(request: HttpRequest, record: EventRecord): void {
  const expected = request.headers["if-match"];
  if (expected === undefined || expected === "*" || expected === etagOf(record)) return;
  throw new GoogleError(412, "conditionNotMet", "Precondition Failed", {
    location: "If-Match",
    locationType: "header",
  });
}

export async function readObject(request: HttpRequest): Promise<Body> {
  let value: unknown;
  try {
    value = JSON.parse((await request.body()).toString("utf8"));
  } catch {
    throw new GoogleError(400, "parseError", "Parse Error");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new GoogleError(400, "parseError", "Parse Error");
  return value as Body;
}
