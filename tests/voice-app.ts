import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import type { BlobStore } from "@/lib/platform/blobs";
import { type Clock, systemClock } from "@/lib/platform/clock";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { createService, createStaff, setWeeklyHours } from "@/lib/scheduling";
import type { App } from "@/lib/wiring/app";
import { handleVapiWebhook } from "@/lib/wiring/vapi-webhook";
import { createTestOrganization } from "./organization";

/** Blobs in memory, without ranges. */
export function memoryBlobs(): BlobStore & { held: Map<string, { bytes: Uint8Array; contentType: string }> } {
  const held = new Map<string, { bytes: Uint8Array; contentType: string }>();
  return {
    held,
    async put(key, data, { contentType }) {
      const bytes = data instanceof Uint8Array ? data : new Uint8Array(await new Response(data).arrayBuffer());
      held.set(key, { bytes, contentType });
    },
    async get(key) {
      const blob = held.get(key);
      if (!blob) return undefined;
      const stream = new Response(Buffer.from(blob.bytes)).body as ReadableStream<Uint8Array>;
      return { size: blob.bytes.length, contentType: blob.contentType, stream };
    },
    async stat(key) {
      const blob = held.get(key);
      return blob && { size: blob.bytes.length, contentType: blob.contentType };
    },
    delete: async (key) => void held.delete(key),
    async deletePrefix(prefix) {
      for (const key of held.keys()) if (key.startsWith(prefix)) held.delete(key);
    },
    check: async () => {},
  };
}

type Options = { clock?: Clock; appUrl?: string; emulatorUrl?: string; vapiUrl?: string };

/** What of an App the voice paths use, over a test database. */
export function voiceApp(
  database: Database,
  keys: App["keys"],
  options: Options = {},
): App & { blobs: ReturnType<typeof memoryBlobs> } {
  return {
    env: {
      appUrl: options.appUrl ?? "https://caly.example",
      mode: "embedded",
      trustedProxy: undefined,
      vapi: { baseUrl: options.vapiUrl ?? "https://api.vapi.ai", emulatorUrl: options.emulatorUrl },
    },
    database,
    clock: options.clock ?? systemClock,
    log: createLogger({ level: "silent" }),
    keys,
    kv: new MemoryKv(),
    limiter: new MemoryRateLimiter(),
    jobs: { poke: () => {} },
    blobs: memoryBlobs(),
  } as unknown as App & { blobs: ReturnType<typeof memoryBlobs> };
}

/** Open every day from eight to eight, one service, one person, one agent. */
export async function openBusiness(database: Database, options: { transferNumber?: string; clock?: Clock } = {}) {
  const organization = await createTestOrganization(database, options.clock ? { now: options.clock } : {});
  const { ctx, orgId } = organization;
  const weekly = Array.from({ length: 7 }, () => [{ startMinute: 480, endMinute: 1200 }]);
  await setWeeklyHours(ctx, { staffId: null, weekly });
  const service = await createService(ctx, { name: "Haircut", durationMinutes: 30 });
  await createStaff(ctx, { name: "Ana", serviceIds: [service.id], weekly });
  const agent = await createAgent(ctx, { name: "Front desk", job: "front_desk" });
  if (options.transferNumber)
    await withTenant(database, orgId, (tx) =>
      tx.execute(sql`update organizations set transfer_number = ${options.transferNumber} where id = ${orgId}`),
    );
  const rows = async (query: ReturnType<typeof sql>) =>
    (await withTenant(database, orgId, (tx) => tx.execute(query))).rows as Record<string, unknown>[];
  return { ...organization, agent, service, rows };
}

/** The webhook route over HTTP, as the emulator reaches it. `app` is asked at each request, so that it may be given the address afterwards. */
export async function serveWebhook(app: () => App): Promise<{ url: string; close(): void }> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const running = app();
    const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    );
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: "POST",
      headers: headers as [string, string][],
      body: Buffer.concat(chunks),
    });
    const connectionId = incoming.url?.split("/").at(-1) ?? "";
    const hooks = { log: running.log, addToLog: () => {} };
    const answer = await handleVapiWebhook(running, connectionId, request, hooks).catch(
      (error: AppError) => problemOf(error) ?? new Response(String(error.stack), { status: 500 }),
    );
    outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    outgoing.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
