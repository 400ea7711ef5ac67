import { type Instance, instancesOf, seriesOf } from "../calendar/instances";
import type { AccountRecord, CalendarRecord, EventRecord } from "../calendar/records";
import type { CalendarServer } from "../calendar/server";
import { everything } from "../calendar/times";
import type { HttpReply, HttpRequest, Route } from "../http/router";
import { calendarViewDelta, standing, viewOf } from "./delta";
import { GraphError, invalid, itemNotFound } from "./errors";
import { type Body, readEvent } from "./read-event";
import { etagOf, showEvent } from "./show-event";
import { preferredZone } from "./zones";

type HolderOf = (request: HttpRequest) => AccountRecord;

const root = "/v1.0/me";
const inCalendar = `${root}/calendars/:calendar`;

export function eventRoutes(server: CalendarServer, holderOf: HolderOf): Route[] {
  const { store } = server;

  const calendarOf = (account: AccountRecord, request: HttpRequest): CalendarRecord => {
    const wanted = request.params.calendar;
    const found = account.calendars.find((each) => (wanted === undefined ? each.isPrimary : each.id === wanted));
    if (!found) throw itemNotFound();
    return found;
  };

  return [
    { method: "GET", pattern: `${inCalendar}/calendarView/delta`, handle: delta },
    { method: "GET", pattern: `${inCalendar}/calendarView`, handle: view },
    { method: "GET", pattern: `${inCalendar}/events`, handle: list },
    { method: "GET", pattern: `${root}/events`, handle: list },
    { method: "POST", pattern: `${inCalendar}/events`, handle: create },
    { method: "POST", pattern: `${root}/events`, handle: create },
    ...[`${root}/events/:event`, `${inCalendar}/events/:event`].flatMap((pattern): Route[] => [
      { method: "GET", pattern, handle: (request) => entity(request, find(request)) },
      { method: "PATCH", pattern, handle: change },
      { method: "DELETE", pattern, handle: remove },
      { method: "GET", pattern: `${pattern}/instances`, handle: instances },
    ]),
  ];

  function entity(request: HttpRequest, instance: Instance, status = 200): HttpReply {
    const expands = (request.query.get("$expand") ?? "").startsWith("singleValueExtendedProperties");
    const event = showEvent(holderOf(request), instance, preferredZone(request.headers.prefer), expands);
    const context = { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/events/$entity" };
    return { status, headers: { etag: etagOf(instance.record) }, body: { ...context, ...event } };
  }

  function delta(request: HttpRequest): HttpReply {
    const account = holderOf(request);
    const unsupported = ["$select", "$filter", "$expand", "$orderby", "$search"].find((name) =>
      request.query.has(name),
    );
    if (unsupported) throw new GraphError(400, "ErrorInvalidUrlQuery", `${unsupported} is not supported with delta.`);
    const asked = /odata\.maxpagesize=(\d+)/i.exec(String(request.headers.prefer ?? ""))?.[1] ?? 10;
    const body = calendarViewDelta(store, account, calendarOf(account, request), {
      query: request.query,
      zoneName: preferredZone(request.headers.prefer),
      pageSize: Math.min(Number(asked), 1000, server.faults.pageSize()),
      address: server.origin() + request.path,
    });
    return { status: 200, body };
  }

  function view(request: HttpRequest): HttpReply {
    const calendar = calendarOf(holderOf(request), request);
    return page(request, instancesOf(store, calendar.id, viewOf(request.query)));
  }

  function instances(request: HttpRequest): HttpReply {
    const { record } = find(request);
    if (!record.recurrence || record.isCancelled) throw itemNotFound();
    return page(request, seriesOf(store.events(record.calendarId), record, viewOf(request.query)));
  }

  /** All of them, or those that carry one extended property; no other filter is played. */
  function list(request: HttpRequest): HttpReply {
    const account = holderOf(request);
    const calendars = request.params.calendar === undefined ? account.calendars : [calendarOf(account, request)];
    const records = calendars.flatMap(({ id }) => store.events(id)).filter((record) => record.masterId === undefined);
    const filter = request.query.get("$filter");
    const wanted = filter === null ? undefined : readFilter(filter);
    return page(request, records.filter((record) => !wanted || carries(record, wanted)).map(standing));
  }

  function page(request: HttpRequest, all: Instance[]): HttpReply {
    const shown = all.filter((each) => !each.isCancelled);
    const top = Math.min(Number(request.query.get("$top") ?? 10) || 10, 1000, server.faults.pageSize());
    const skip = Number(request.query.get("$skip") ?? 0) || 0;
    const next = new URLSearchParams(request.query);
    next.set("$skip", String(skip + top));
    const link = skip + top < shown.length ? { "@odata.nextLink": `${server.origin()}${request.path}?${next}` } : {};
    const value = shown.slice(skip, skip + top).map((each) => selected(request, entity(request, each).body as object));
    return {
      status: 200,
      body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#events", ...link, value },
    };
  }

  async function create(request: HttpRequest): Promise<HttpReply> {
    const account = holderOf(request);
    const calendar = writable(calendarOf(account, request));
    const body = await readObject(request);
    const fields = readEvent(body);
    const { transactionId } = fields.extra;
    const known =
      transactionId === undefined
        ? undefined
        : account.calendars
            .flatMap(({ id }) => store.events(id))
            .find((each) => each.extra.transactionId === transactionId);
    if (!known) return entity(request, standing(store.add(calendar.id, server.newEventId(), fields)), 201);
    // The same again is the event that is there; anything else under the same id is refused, even after that event was deleted.
    const isSame =
      !known.isCancelled &&
      known.title === fields.title &&
      JSON.stringify(known.times) === JSON.stringify(fields.times);
    if (isSame) return entity(request, standing(known), 201);
    const why = "The TransactionId specified in the request has already been used to create a different event.";
    throw new GraphError(409, "ErrorDuplicateTransactionId", `Your request can't be completed. ${why}`);
  }

  async function change(request: HttpRequest): Promise<HttpReply> {
    const found = find(request);
    writableRecord(request, found.record);
    const body = await readObject(request);
    if (found.kind === "occurrence" && found.originalStart !== undefined) {
      const fields = { ...readEvent(body, { ...found.record, times: found.times }), recurrence: undefined };
      return entity(request, standing(server.changeOccurrence(found.record, found.originalStart, fields)));
    }
    return entity(request, standing(store.change(found.record, readEvent(body, found.record))));
  }

  function remove(request: HttpRequest): HttpReply {
    const found = find(request);
    writableRecord(request, found.record);
    if (found.kind === "occurrence" && found.originalStart !== undefined)
      server.changeOccurrence(found.record, found.originalStart, { isCancelled: true });
    else store.change(found.record, { isCancelled: true });
    return { status: 204 };
  }

  function writableRecord(request: HttpRequest, record: EventRecord): void {
    const account = holderOf(request);
    writable(calendarOf(account, { ...request, params: { calendar: record.calendarId } }));
    const expected = request.headers["if-match"];
    if (expected === undefined || expected === "*" || expected === etagOf(record)) return;
    const why = "The change key passed in the request does not match the current change key for the item.";
    throw new GraphError(
      412,
      "ErrorIrresolvableConflict",
      `The send or update operation could not be performed because ${why}`,
    );
  }

  /** What is deleted is not found, and neither is what belongs to somebody else. */
  function find(request: HttpRequest): Instance {
    const account = holderOf(request);
    const id = request.params.event ?? "";
    const record = store.eventById(id);
    const found = record ? standing(record) : occurrenceOf(account, id);
    const isTheirs = found && account.calendars.some((calendar) => calendar.id === found.record.calendarId);
    if (!found || !isTheirs || found.isCancelled) throw itemNotFound();
    return found;
  }

  function occurrenceOf(account: AccountRecord, id: string): Instance | undefined {
    if (!id.includes("_")) return undefined;
    return account.calendars
      .flatMap((calendar) => instancesOf(store, calendar.id, everything))
      .find((instance) => instance.id === id);
  }
}

/** What a client did not ask for, it does not get. */
function selected(request: HttpRequest, event: object): object {
  const names = request.query.get("$select")?.split(",");
  if (!names) return event;
  return Object.fromEntries(
    Object.entries(event).filter(([name]) => name.startsWith("@odata.etag") || names.includes(name)),
  );
}

function writable(calendar: CalendarRecord): CalendarRecord {
  if (calendar.isWritable) return calendar;
  throw new GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
}

interface Property {
  id: string;
  value: string;
}

function readFilter(filter: string): Property {
  const parts = /^singleValueExtendedProperties\/any\(ep:\s*ep\/id eq '([^']+)' and ep\/value eq '([^']*)'\)$/i.exec(
    filter,
  );
  if (!parts?.[1] || parts[2] === undefined)
    throw new GraphError(400, "ErrorInvalidUrlQueryFilter", "The filter is not played.");
  return { id: parts[1], value: parts[2] };
}

function carries(record: EventRecord, wanted: Property): boolean {
  const properties = (record.extra.singleValueExtendedProperties ?? []) as Property[];
  return properties.some(({ id, value }) => id === wanted.id && value === wanted.value);
}

export async function readObject(request: HttpRequest): Promise<Body> {
  let value: unknown;
  try {
    value = JSON.parse((await request.body()).toString("utf8"));
  } catch {
    throw new GraphError(400, "BadRequest", "Unable to read JSON request payload.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("The body must be an object.");
  return value as Body;
}
