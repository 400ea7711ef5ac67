import { z } from "zod";
import type { HttpReply, HttpRequest, Route } from "../http/router";
import { faultsShape } from "./faults";
import type { EventFields, EventRecord, Times } from "./records";
import { readRule, writeRule } from "./rrule";
import type { CalendarServer } from "./server";
import { boundsOf, civilToMs, isZone } from "./times";

/** An answer of the control endpoints that is no success. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}

const zone = z.string().refine(isZone, "is no time zone");
const calendarShape = z.strictObject({
  name: z.string(),
  zone: zone.optional(),
  id: z.string().max(100).optional(),
  isWritable: z.boolean().default(true),
});
const accountShape = z.strictObject({
  email: z.email(),
  name: z.string(),
  zone: zone.default("Europe/Berlin"),
  calendars: z.array(calendarShape).default([]),
});
const eventShape = z.strictObject({
  calendar: z.string().optional(),
  title: z.string(),
  /** ISO instants, civil times of the calendar's zone, or days for an all-day event (the end is the first day after it). */
  start: z.string(),
  end: z.string(),
  showing: z.enum(["busy", "free", "tentative", "oof", "workingElsewhere"]),
  response: z.enum(["accepted", "declined", "tentative"]).optional(),
  rule: z.string().optional(),
});
const newEvent = eventShape.extend({ showing: eventShape.shape.showing.default("busy") });

/** Endpoints no vendor has: make accounts, change calendars as their owners would, order faults, watch what was asked and pushed. */
export function controlRoutes(server: CalendarServer): Route[] {
  const { store, faults, grants } = server;
  const accountOf = (request: HttpRequest) => {
    const account = store.account(request.params.account ?? "");
    if (!account) throw new ControlError(404, `no account ${request.params.account}`);
    return account;
  };
  const calendarOf = (request: HttpRequest, wanted: string | undefined) => {
    const { calendars } = accountOf(request);
    const found = wanted
      ? calendars.find((each) => each.id === wanted || each.name === wanted)
      : calendars.find((each) => each.isPrimary);
    if (!found) throw new ControlError(404, `no calendar ${wanted}`);
    return found;
  };
  const eventOf = (request: HttpRequest): EventRecord => {
    const record = store.eventById(request.params.event ?? "");
    if (!record) throw new ControlError(404, `no event ${request.params.event}`);
    return record;
  };
  const route = (method: string, path: string, handle: (request: HttpRequest) => unknown): Route => ({
    method,
    pattern: `/_emulator${path}`,
    handle: async (request): Promise<HttpReply> => ({ status: 200, body: (await handle(request)) as object }),
  });

  return [
    route("GET", "/health", () => ({ status: "ok", vendor: server.vendor })),
    route("GET", "/accounts", () => store.accounts()),
    route("POST", "/accounts", async (request) => server.makeAccount(await read(request, accountShape))),
    route("POST", "/accounts/:account/calendars", async (request) => {
      const account = accountOf(request);
      const given = await read(request, calendarShape);
      return store.addCalendar(account.id, { ...given, zone: given.zone ?? account.zone, isPrimary: false });
    }),
    route("DELETE", "/calendars/:calendar", (request) => {
      store.removeCalendar(request.params.calendar ?? "");
      return {};
    }),
    route("GET", "/accounts/:account/events", (request) =>
      store.events(calendarOf(request, request.query.get("calendar") ?? undefined).id).map(shown),
    ),
    route("POST", "/accounts/:account/events", async (request) => {
      const given = await read(request, newEvent);
      const calendar = calendarOf(request, given.calendar);
      return shown(store.add(calendar.id, server.newEventId(), fieldsOf(given, calendar.zone)));
    }),
    route("PATCH", "/events/:event", async (request) => {
      const record = eventOf(request);
      const given = await read(request, eventShape.partial());
      return shown(store.change(record, fieldsOf({ ...shown(record), ...given }, record.times.zone)));
    }),
    route("DELETE", "/events/:event", (request) => shown(store.change(eventOf(request), { isCancelled: true }))),
    /** Cancels or moves one occurrence: `originalStart` as `GET …/events` of the vendor names it. */
    route("POST", "/events/:event/occurrences", async (request) => {
      const shape = z.strictObject({
        originalStart: z.string(),
        start: z.string().optional(),
        end: z.string().optional(),
      });
      const { originalStart, start, end } = await read(request, shape);
      const moved = start && end ? timesOf(start, end, eventOf(request).times.zone) : undefined;
      return shown(
        server.changeOccurrence(eventOf(request), originalStart, moved ? { times: moved } : { isCancelled: true }),
      );
    }),
    route("POST", "/accounts/:account/revoke", (request) => {
      grants.revokeAccount(accountOf(request).id);
      return {};
    }),
    route("POST", "/accounts/:account/expire-access-tokens", (request) => {
      grants.expireAccessTokens(accountOf(request).id);
      return {};
    }),
    route("POST", "/accounts/:account/expire-sync-tokens", (request) => {
      for (const calendar of accountOf(request).calendars) store.expireSyncTokens(calendar.id);
      return {};
    }),
    route("GET", "/faults", () => faults.state()),
    route("POST", "/faults", async (request) => {
      faults.set(await read(request, faultsShape));
      return faults.state();
    }),
    route("DELETE", "/faults", () => {
      faults.clear();
      return faults.state();
    }),
    route("GET", "/channels", () => server.channels()),
    route("GET", "/pushes", () => server.pusher.deliveries()),
    route("GET", "/requests", () => server.requests()),
  ];
}

const shown = (record: EventRecord) => ({
  id: record.eventId,
  title: record.title,
  ...(record.times.isAllDay
    ? { start: record.times.startDay, end: record.times.endDay }
    : { start: new Date(record.times.startMs).toISOString(), end: new Date(record.times.endMs).toISOString() }),
  showing: record.showing,
  response: record.response,
  rule: record.recurrence && writeRule(record.recurrence),
  isCancelled: record.isCancelled,
  extra: record.extra,
});

type EventOrder = Omit<z.output<typeof newEvent>, "calendar">;

function fieldsOf(
  given: EventOrder,
  calendarZone: string,
): Omit<EventFields, "extra"> & { extra: Record<string, unknown> } {
  const recurrence = given.rule === undefined ? undefined : readRule(given.rule);
  if (given.rule !== undefined && !recurrence) throw new ControlError(400, `rule ${given.rule} is not played`);
  const { title, showing, response } = given;
  const extra = "extra" in given ? (given.extra as Record<string, unknown>) : {};
  return { title, showing, response, recurrence, times: timesOf(given.start, given.end, calendarZone), extra };
}

function timesOf(start: string, end: string, calendarZone: string): Times {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(start);
  const times: Times = isDay
    ? { isAllDay: true, startDay: start, endDay: end, zone: calendarZone }
    : {
        isAllDay: false,
        startMs: instantOf(start, calendarZone),
        endMs: instantOf(end, calendarZone),
        zone: calendarZone,
      };
  const { startMs, endMs } = boundsOf(times);
  if (!(startMs <= endMs)) throw new ControlError(400, "start and end must be instants in order");
  return times;
}

function instantOf(text: string, calendarZone: string): number {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  try {
    return civilToMs(text, calendarZone);
  } catch {
    throw new ControlError(400, `${text} is no time`);
  }
}

async function read<S extends z.ZodType>(request: HttpRequest, shape: S): Promise<z.output<S>> {
  let value: unknown;
  try {
    value = JSON.parse((await request.body()).toString("utf8"));
  } catch {
    throw new ControlError(400, "the body is not JSON");
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error));
  return parsed.data;
}
