import { afterEach, beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import type { App } from "@/lib/wiring/app";
import { emptyPgliteDatabase } from "@/tests/database";
import { GET as cron } from "../cron/[job]/route";
import { GET as health } from "../health/route";
import { GET as ready } from "./route";

const held = globalThis as unknown as Record<symbol, unknown>;
const keep = (name: string, value: unknown) => {
  held[Symbol.for(`caly.${name}`)] = value;
};
const context = { params: Promise.resolve({}) };
const get = (headers: Record<string, string> = {}) => new Request("http://localhost/", { headers });

afterEach(() => {
  for (const name of ["app", "boot", "env", "shutdown"]) delete held[Symbol.for(`caly.${name}`)];
});

let database: Database;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
});

function serverWith(parts: Partial<App>): void {
  const env = { loopbackOnly: false, serverless: false, cronSecret: "s3cret", logLevel: "silent" };
  keep("env", env);
  const fine: Partial<App> = {
    env: env as App["env"],
    database,
    jobs: { check: async () => {}, relay: async () => 3 } as App["jobs"],
    blobs: { check: async () => {} } as App["blobs"],
    kv: { set: async () => true } as unknown as App["kv"],
  };
  keep("app", { app: Promise.resolve({ ...fine, ...parts }) });
}

test("liveness asks nothing of anything", async () => {
  keep("env", { loopbackOnly: false, logLevel: "silent" });
  const answer = await health(get(), context);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
});

test("readiness is 503 until the start is over, then 200 with every part", async () => {
  serverWith({});
  const before = await ready(get(), context);
  expect([before.status, await before.json()]).toEqual([503, { ok: false, status: "starting", parts: {} }]);
  keep("boot", { ready: true });
  const after = await ready(get(), context);
  expect([after.status, after.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const part = { ok: true, ms: expect.any(Number) };
  expect(await after.json()).toEqual({
    ok: true,
    status: "ready",
    parts: { database: part, jobs: part, blobs: part, cache: part },
  });
});

test("readiness is 503 when a part fails, and tells no secret", async () => {
  serverWith({ blobs: { check: () => Promise.reject(new Error("key=hunter2")) } as unknown as App["blobs"] });
  keep("boot", { ready: true });
  const answer = await ready(get(), context);
  const text = await answer.text();
  expect(answer.status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({
    ok: false,
    status: "unavailable",
    parts: { blobs: { ok: false }, database: { ok: true } },
  });
  expect(text).not.toContain("hunter2");
});

test("readiness is 200 and says degraded while only the cache is away, which everything can do without", async () => {
  const kv = { set: () => Promise.reject(new Error("ECONNREFUSED")) } as unknown as App["kv"];
  serverWith({ kv });
  keep("boot", { ready: true });
  const answer = await ready(get(), context);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    ok: true,
    status: "degraded",
    parts: { cache: { ok: false }, database: { ok: true } },
  });
});

test("readiness is 503 while stopping", async () => {
  serverWith({});
  keep("boot", { ready: true });
  keep("shutdown", { begun: true, hooks: new Set(), running: 0, listening: false });
  expect((await ready(get(), context)).status).toBe(503);
});

test("cron routes answer their scheduler only", async () => {
  serverWith({});
  const call = (job: string, authorization?: string) =>
    cron(get(authorization ? { authorization } : {}), { params: Promise.resolve({ job }) });
  expect((await call("relay")).status).toBe(401);
  expect((await call("relay", "Bearer wrong")).status).toBe(401);
  const answer = await call("relay", "Bearer s3cret");
  expect([answer.status, await answer.json()]).toEqual([200, { job: "relay", relayed: 3 }]);
});
