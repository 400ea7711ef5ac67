import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../http/clock";
import { createPoster, type Poster } from "../http/post";
import { createRoutedServer, type HttpReply, type HttpRequest, type Route } from "../http/router";
import { ControlError, controlRoutes } from "./control-routes";
import { createFaults, type Faults } from "./faults";
import { instanceId } from "./instances";
import { type Grants, openGrants } from "./oauth/grants";
import { type OAuthDialect, oauthRoutes } from "./oauth/oauth-routes";
import { createPusher, type Pusher } from "./push";
import type { AccountRecord, EventRecord, Times } from "./records";
import { type CalendarStore, openCalendarStore } from "./store";
import { dayStart } from "./times";

export interface CalendarEmulatorOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  clock?: Clock;
}

export interface CalendarEmulator {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** What both vendors' emulators stand on. */
export interface CalendarServer {
  vendor: string;
  store: CalendarStore;
  grants: Grants;
  faults: Faults;
  /** The vendor's clock, which may be wrong. */
  clock: Clock;
  pusher: Pusher;
  poster: Poster;
  origin(): string;
  newEventId(): string;
  makeAccount(order: {
    email: string;
    name: string;
    zone: string;
    calendars: { name: string; zone?: string | undefined; id?: string | undefined; isWritable: boolean }[];
  }): AccountRecord;
  /** Makes, or changes, the exception of a series that stands for one occurrence. */
  changeOccurrence(
    master: EventRecord,
    originalStart: string,
    change: Partial<EventRecord> & { times?: Times },
  ): EventRecord;
  channels(): object[];
  requests(): { method: string; path: string; status: number; at: string }[];
}

export interface Vendor {
  name: string;
  oauth: OAuthDialect;
  rotatesRefreshTokens: boolean;
  newEventId(): string;
  primaryCalendarId?(email: string): string;
  /** A request with a token that is not (any more) good. */
  unauthorized(): HttpReply;
  rateLimited(as: "429" | "403"): HttpReply;
  notFound(request: HttpRequest): HttpReply;
  /** A thrown answer of the vendor's; undefined for anything else. */
  thrown(error: unknown): HttpReply | undefined;
  /** Where the API begins: requests there need a token and are turned away by faults. */
  apiPath: string;
  routes(
    server: CalendarServer,
    holderOf: (request: HttpRequest) => AccountRecord,
  ): { routes: Route[]; control?: Route[]; channels(): object[]; flush(): Promise<void> };
}

const demoAccount = { email: "owner@marlowe-finch.example", name: "Demo owner", zone: "Europe/Berlin", calendars: [] };
const maxRequests = 2000;

/** Starts a vendor's emulator on 127.0.0.1; there is an account from the beginning, so that a person can sign in. */
export async function startCalendarEmulator(
  vendor: Vendor,
  options: CalendarEmulatorOptions,
): Promise<CalendarEmulator> {
  mkdirSync(options.dataDir, { recursive: true });
  const faults = createFaults(options.clock ?? systemClock);
  const store = openCalendarStore(options.dataDir, faults.clock);
  const poster = createPoster();
  const requests: ReturnType<CalendarServer["requests"]> = [];
  let origin = "";
  let channels: () => object[] = () => [];

  const server: CalendarServer = {
    vendor: vendor.name,
    store,
    grants: openGrants(options.dataDir, faults.clock, vendor),
    faults,
    clock: faults.clock,
    poster,
    pusher: createPusher(poster, faults, options.clock ?? systemClock),
    origin: () => origin,
    newEventId: vendor.newEventId,
    makeAccount(order) {
      const account = store.addAccount({ email: order.email, name: order.name, zone: order.zone, calendars: [] });
      const id = vendor.primaryCalendarId?.(order.email);
      const primary = { name: "Calendar", zone: order.zone, isPrimary: true, isWritable: true };
      store.addCalendar(account.id, { ...primary, ...(id ? { id } : {}) });
      for (const { zone = order.zone, id: wanted, ...calendar } of order.calendars)
        store.addCalendar(account.id, { ...calendar, zone, isPrimary: false, ...(wanted ? { id: wanted } : {}) });
      return store.account(account.id) ?? account;
    },
    changeOccurrence(master, originalStart, change) {
      const eventId = instanceId(master.eventId, originalStart);
      const known = store.event(master.calendarId, eventId);
      if (known) return store.change(known, change);
      const { title, showing, response, extra } = master;
      const times = placed(master.times, originalStart);
      const fields = { title, showing, response, extra, times, ...change };
      return store.add(master.calendarId, eventId, { ...fields, masterId: master.eventId, originalStart });
    },
    channels: () => channels(),
    requests: () => [...requests],
  };
  if (store.accounts().length === 0) server.makeAccount(demoAccount);
  const api = vendor.routes(server, holderOf);
  channels = api.channels;

  function holderOf(request: HttpRequest): AccountRecord {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const holder = token === undefined ? undefined : server.grants.holder(token);
    const account = holder && store.account(holder.accountId);
    if (!account) throw new Unauthorized();
    return account;
  }

  /** Faults, the record of requests and the vendor's clock, around every route of the vendor. */
  const asVendor = (route: Route): Route => ({
    ...route,
    async handle(request) {
      let reply: HttpReply;
      try {
        reply = await withFaults(route, request);
      } catch (error) {
        reply = errorReply(error, request);
      }
      const at = new Date(server.clock.now());
      requests.push({ method: request.method, path: request.path, status: reply.status, at: at.toISOString() });
      if (requests.length > maxRequests) requests.shift();
      return { ...reply, headers: { date: at.toUTCString(), ...reply.headers } };
    },
  });

  async function withFaults(route: Route, request: HttpRequest): Promise<HttpReply> {
    await server.clock.sleep(faults.slowMs());
    if (faults.isDown()) return { status: 503, body: { error: { code: 503, message: "Service unavailable" } } };
    const limit = request.path.startsWith(vendor.apiPath) ? faults.takeRateLimit() : undefined;
    if (!limit) return route.handle(request);
    const reply = vendor.rateLimited(limit.as);
    const retryAfter = limit.retryAfterSeconds;
    return retryAfter === undefined
      ? reply
      : { ...reply, headers: { ...reply.headers, "retry-after": String(retryAfter) } };
  }

  function errorReply(error: unknown, request: HttpRequest): HttpReply {
    if (error instanceof Unauthorized) return vendor.unauthorized();
    const reply = vendor.thrown(error);
    if (reply) return reply;
    console.error(request.method, request.path, error);
    return { status: 500, body: { error: { code: 500, message: "Internal error" } } };
  }

  const http = createRoutedServer({
    routes: [
      ...controlRoutes(server),
      ...(api.control ?? []),
      ...[...oauthRoutes(vendor.oauth, store, server.grants), ...api.routes].map(asVendor),
    ],
    guard,
    notFound: (request) => vendor.notFound(request),
    failed(error, request) {
      if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
      return errorReply(error, request);
    },
  });
  // A client that thinks for longer than Node's five seconds finds its connection still there, as it does at the vendors'.
  http.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;

  return {
    url: origin,
    port,
    async close() {
      const stopped = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await server.pusher.close();
      poster.close();
      await Promise.allSettled([stopped, store.flush(), server.grants.flush(), api.flush()]);
    },
  };
}

class Unauthorized extends Error {}

/** A web page that resolves its own name to 127.0.0.1, or posts a form here, must not reach the control endpoints. */
function guard(request: HttpRequest): HttpReply | undefined {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (host !== "127.0.0.1" && host !== "localhost")
    return { status: 403, body: { error: "Host is not this emulator" } };
  const isControl = request.path.startsWith("/_emulator/");
  if (isControl && (request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined))
    return { status: 403, body: { error: "The control endpoints are not for pages" } };
  return undefined;
}

function placed(times: Times, originalStart: string): Times {
  if (times.isAllDay) {
    const days = Math.round((dayStart(times.endDay, "UTC") - dayStart(times.startDay, "UTC")) / 86_400_000);
    const end = new Date(dayStart(originalStart, "UTC") + days * 86_400_000).toISOString().slice(0, 10);
    return { ...times, startDay: originalStart, endDay: end };
  }
  const startMs = Date.parse(originalStart);
  return { ...times, startMs, endMs: startMs + (times.endMs - times.startMs) };
}
