import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../http/clock";
import { createPoster } from "../http/post";
import { BodyTooLarge, createRoutedServer, type HttpReply, type HttpRequest } from "../http/router";
import { apiRoutes } from "./api/answer-request";
import { createJobs, runOwnTime } from "./clock/run-jobs";
import { controlRoutes } from "./control/control-routes";
import { errorReply, StripeError } from "./errors";
import { createDeliverer } from "./events/deliver";
import { addEndpoint, type EndpointOrder } from "./events/event-handlers";
import { createFaults, FAILS, type RequestFault } from "./faults";
import { collectInvoice } from "./invoices/collect";
import { finalizeInvoice } from "./invoices/finalize";
import { pageRoutes } from "./pages/page-routes";
import { defaultSettings, type Settings } from "./settings";
import { type Books, type BooksTable, openBooks } from "./state/books";
import { newId } from "./state/ids";
import { type Journal, openJournal } from "./state/journal";
import { replan } from "./state/replan";
import { afterInvoiceFailed, afterInvoicePaid } from "./subscriptions/after-payment";
import { reachMoment } from "./subscriptions/moments";
import type { World } from "./world";

export interface StripeEmulatorOptions {
  /** 0 takes any free port. */
  port: number;
  /** Where the books are kept; without one they are in memory alone. */
  dataDir?: string | undefined;
  clock?: Clock;
  /** Endpoints of the platform's that are there from the start; with `isThin` they get thin events. */
  webhooks?: EndpointOrder[];
  settings?: Partial<Settings>;
}

export interface StripeEmulator {
  url: string;
  host: string;
  port: number;
  close(): Promise<void>;
}

const platform = "acct_emulated";
const longestTimer = 60_000;

/** Serves the part of Stripe that Caly uses, on 127.0.0.1. */
export async function startStripeEmulator(options: StripeEmulatorOptions): Promise<StripeEmulator> {
  const real = options.clock ?? systemClock;
  const shelves = new Map<string, Books>();
  const jobs = createJobs();
  const faults = createFaults();
  const settings = { ...defaultSettings(), ...options.settings };
  let offsetMs = 0;
  let origin = "";
  let journal: Journal | undefined;
  let timer: NodeJS.Timeout | undefined;

  const shelf = (account: string): Books => {
    const found =
      shelves.get(account) ?? openBooks(account, (table, id, value) => journal?.note(account, table, id, value));
    shelves.set(account, found);
    return found;
  };

  const world: World = {
    platform,
    clock: { ...real, now: () => real.now() + offsetMs },
    skip(seconds) {
      const target = Math.floor(world.clock.now() / 1000) + seconds;
      const standAt = (at: number) => {
        offsetMs = Math.max(offsetMs, at * 1000 - real.now());
      };
      runOwnTime(jobs.all(), target, standAt);
      standAt(target);
      world.afterRequest();
    },
    settings,
    faults,
    origin: () => origin,
    books: (account) => shelf(account ?? platform),
    allBooks: () => [...shelves.values()],
    jobs: (books, testClock) => jobs.of(books, testClock),
    cause: undefined,
    due: {
      invoice(books, invoice) {
        if (invoice.status === "draft") finalizeInvoice(world, books, invoice);
        else collectInvoice(world, books, invoice, { offSession: true });
      },
      subscription: (books, subscription, at) => reachMoment(world, books, subscription, at),
      invoicePaid: (books, invoice) => afterInvoicePaid(world, books, invoice),
      invoiceFailed: (books, invoice, failure) => afterInvoiceFailed(world, books, invoice, failure),
    },
    afterRequest() {
      runOwnTime(jobs.all(), Math.floor(world.clock.now() / 1000));
      journal?.flush();
      planTimer();
    },
    onEvent(books, id) {
      const event = books.events.get(id);
      if (event) deliverer.take(books, event);
    },
  };
  const poster = createPoster();
  const deliverer = createDeliverer(world, poster);

  function planTimer(): void {
    clearTimeout(timer);
    const next = Math.min(...jobs.all().map((heap) => heap.next() ?? Number.POSITIVE_INFINITY));
    if (next === Number.POSITIVE_INFINITY) return;
    const ms = Math.max(0, next * 1000 - world.clock.now());
    timer = setTimeout(() => world.afterRequest(), Math.min(ms, longestTimer));
    timer.unref();
  }

  if (options.dataDir !== undefined) {
    const opened = openJournal(options.dataDir, ({ account, table, value }) => {
      if (account === "" && table === "clock") offsetMs = Math.max(0, Number((value as unknown as { ms: number }).ms));
      else if (value && table in shelf(account))
        (shelf(account)[table as BooksTable] as { save(value: object): void }).save(value);
    });
    journal = opened;
  }
  shelf(platform);

  const routed = createRoutedServer({
    routes: [
      ...apiRoutes(world),
      ...controlRoutes(world, deliverer, () =>
        journal?.note("", "clock", "clock", { id: "clock", ms: offsetMs } as { id: string }),
      ),
      ...pageRoutes(world),
    ],
    guard,
    notFound: (request) =>
      errorReply(
        new StripeError(404, `Unrecognized request URL (${request.method}: ${request.path}).`),
        newId("req", 14),
      ),
    failed(error) {
      const requestId = newId("req", 14);
      if (error instanceof StripeError) return errorReply(error, requestId);
      if (error instanceof BodyTooLarge) return errorReply(new StripeError(413, error.message), requestId);
      console.error(error);
      return errorReply(
        new StripeError(500, "The emulator failed; its log says why.", { type: "api_error" }),
        requestId,
      );
    },
  });
  const server = createServer((request, response) => {
    const fault = request.url?.startsWith("/v") ? faults.takeRequest(request.method ?? "GET", request.url) : undefined;
    if (fault) void suffer(fault, request, response);
    else routed.emit("request", request, response);
  });

  async function suffer(fault: RequestFault, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (error: StripeError) => {
      const { status, body } = errorReply(error, newId("req", 14));
      request.resume();
      const shouldRetry = status === 429 ? {} : { "stripe-should-retry": "true" };
      response.writeHead(status, {
        "content-type": "application/json",
        "request-id": newId("req", 14),
        ...shouldRetry,
      });
      response.end(JSON.stringify(body));
    };
    if (fault.kind === "429")
      return refuse(
        new StripeError(429, "Too many requests in a short period. Please try again later.", { code: "rate_limit" }),
      );
    if (fault.kind === "500") return refuse(new StripeError(500, "An unknown error occurred.", { type: "api_error" }));
    // The key keeps it, as what fails on the way does at Stripe.
    if (fault.kind === "500-kept") request.headers[FAILS] = "500";
    if (fault.kind === "reset") return void request.socket.resetAndDestroy();
    if (fault.kind === "reset-after") {
      // The work is done, the answer lost: what idempotency keys are for.
      response.writeHead = () => response;
      response.end = () => {
        request.socket.resetAndDestroy();
        return response;
      };
    } else if (fault.kind !== "500-kept") await real.sleep(fault.ms);
    if (fault.kind === "timeout") return void request.socket.destroy();
    routed.emit("request", request, response);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  for (const endpoint of options.webhooks ?? [])
    addEndpoint(shelf(platform), Math.floor(world.clock.now() / 1000), endpoint);
  for (const books of shelves.values()) replan(world, books);
  world.afterRequest();

  return {
    url: origin,
    host: "127.0.0.1",
    port,
    async close() {
      clearTimeout(timer);
      const stopped = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await deliverer.close();
      poster.close();
      await stopped;
      journal?.close();
    },
  };
}

/** A web page that resolves its own name to 127.0.0.1, or posts a form here, must not reach the control endpoints. */
function guard(request: HttpRequest): HttpReply | undefined {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (host !== "127.0.0.1" && host !== "localhost")
    return { status: 403, body: { error: { message: "Host is not this emulator" } } };
  const isControl = request.path.startsWith("/_emulator/");
  if (isControl && (request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined))
    return { status: 403, body: { error: { message: "The control endpoints are not for pages" } } };
  return undefined;
}
