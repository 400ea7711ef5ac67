import { randomUUID, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Clock, systemClock } from "../http/clock";
import { openJsonStore } from "../http/json-store";
import { createPoster } from "../http/post";
import { BodyTooLarge, createRoutedServer, type HttpReply, type HttpRequest } from "../http/router";
import { type CallRecord, isOver } from "./calls/call-record";
import { callRoutes } from "./calls/call-routes";
import { controlRoutes } from "./control/control-routes";
import { createDeliveryLog } from "./delivery/delivery-log";
import type { Emulator } from "./emulator";
import { errorReply, VapiError } from "./errors";
import { createStorage } from "./recordings/storage";
import { storageRoutes } from "./recordings/storage-routes";
import { resourceTable } from "./resources/resource-table";
import type { StoredAssistant, StoredCredential, StoredPhoneNumber, StoredTool } from "./resources/types";
import { openSpeech } from "./speech/speech";

export interface VapiEmulatorOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** Without one, any non-empty bearer token is let in. */
  apiKey?: string;
  clock?: Clock;
  /** The vendor's fixed deadline is 7500; a test may shorten its wait. */
  assistantRequestTimeoutMs?: number;
}

export interface VapiEmulator {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Serves the part of Vapi that Caly uses, on 127.0.0.1; resources, calls and speech are kept in `dataDir`. */
export async function startVapiEmulator(options: VapiEmulatorOptions): Promise<VapiEmulator> {
  mkdirSync(options.dataDir, { recursive: true });
  const clock = options.clock ?? systemClock;
  const closing = new AbortController();
  let origin = "";
  const emulator: Emulator = {
    orgId: organisationId(join(options.dataDir, "organisation-id")),
    clock,
    assistants: openJsonStore<StoredAssistant>(join(options.dataDir, "assistants")),
    tools: openJsonStore<StoredTool>(join(options.dataDir, "tools")),
    phoneNumbers: openJsonStore<StoredPhoneNumber>(join(options.dataDir, "phone-numbers")),
    credentials: openJsonStore<StoredCredential>(join(options.dataDir, "credentials")),
    calls: openJsonStore<CallRecord>(join(options.dataDir, "calls")),
    storage: createStorage(options.dataDir, () => origin, clock),
    speech: openSpeech(join(options.dataDir, "speech")),
    poster: createPoster(),
    log: createDeliveryLog(),
    live: new Map(),
    closing: closing.signal,
    assistantRequestTimeoutMs: options.assistantRequestTimeoutMs ?? 7500,
  };
  await closeAbandonedCalls(emulator);

  const server = createRoutedServer({
    routes: [
      ...resourceTable(emulator),
      ...callRoutes(emulator),
      ...storageRoutes(emulator),
      ...controlRoutes(emulator),
    ],
    guard: (request) => guard(request, options.apiKey),
    notFound: (request) => errorReply(404, `Cannot ${request.method} ${request.path}`),
    failed(error) {
      if (error instanceof VapiError) return errorReply(error.status, error.detail);
      if (error instanceof BodyTooLarge) return errorReply(413, error.message);
      console.error(error);
      return errorReply(500, "Internal server error");
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;

  return {
    url: origin,
    port,
    async close() {
      closing.abort();
      const stopped = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      emulator.poster.close();
      await Promise.allSettled([
        stopped,
        emulator.speech.close(),
        ...[...emulator.live.values()].map((call) => call.done),
      ]);
      const stores = [emulator.assistants, emulator.tools, emulator.phoneNumbers, emulator.credentials, emulator.calls];
      await Promise.all(stores.map((store) => store.flush()));
    },
  };
}

function guard(request: HttpRequest, apiKey: string | undefined): HttpReply | undefined {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  // A web page that resolves its own name to 127.0.0.1 must not reach the control endpoints.
  if (host !== "127.0.0.1" && host !== "localhost") return errorReply(403, "Host is not this emulator");
  if (request.path.startsWith("/_storage/")) return undefined;
  if (request.method === "POST" || request.method === "PATCH") {
    const type = request.headers["content-type"] ?? "";
    if (!type.startsWith("application/json") && !request.path.endsWith("/hang-up")) {
      return errorReply(415, "Content-Type must be application/json");
    }
  }
  if (request.path.startsWith("/_emulator/")) return undefined;
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined || (apiKey !== undefined && !isSame(token, apiKey))) return errorReply(401, "Invalid Key");
  return undefined;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Calls cut off by the emulator's own end are over; a client that polls must see so. */
async function closeAbandonedCalls(emulator: Emulator): Promise<void> {
  const abandoned = emulator.calls.list().filter((record) => !isOver(record));
  for (const record of abandoned) {
    const spokenMs = record.timeline.reduce((end, part) => Math.max(end, part.startMs + part.durationMs), 0);
    const startMs = Date.parse(record.startedAt ?? record.createdAt);
    record.status = "ended";
    record.endedReason = "worker-shutdown";
    record.endedAt = new Date(startMs + spokenMs).toISOString();
    record.updatedAt = record.endedAt;
    await emulator.calls.put(record);
  }
}

function organisationId(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    const id = randomUUID();
    writeFileSync(file, id);
    return id;
  }
}
