import "server-only";
import { sql } from "drizzle-orm";
import { withSystem } from "@/db/tenant";
import type { Logger } from "@/lib/platform/logger";
import { isShuttingDown } from "@/lib/platform/shutdown";
import { type App, app } from "./app";
import { isBooted } from "./boot";

export type Part = { ok: boolean; ms: number };
export type Readiness = {
  ok: boolean;
  /** `degraded`: everything is answered, though a part that can be done without is away. */
  status: "ready" | "degraded" | "starting" | "stopping" | "unavailable";
  parts: Record<string, Part>;
};

const PART_LIMIT_MS = 2_000;
/** Without the shared cache each server counts its limits itself: taking all of them out of service for it would be the outage. */
const DISPENSABLE = new Set(["cache"]);

/** Why a part fails goes to the log, not to whoever asks. */
export async function checkReadiness(log: Logger): Promise<Readiness> {
  if (isShuttingDown()) return { ok: false, status: "stopping", parts: {} };
  const built = await app().catch((error) => {
    log.error({ err: error }, "not ready");
    return undefined;
  });
  if (!built) return { ok: false, status: "unavailable", parts: { database: { ok: false, ms: 0 } } };
  if (!built.env.serverless && !isBooted()) return { ok: false, status: "starting", parts: {} };
  const parts = await checkParts(built, log);
  const away = Object.keys(parts).filter((name) => !parts[name]?.ok);
  const ok = away.every((name) => DISPENSABLE.has(name));
  return { ok, status: !ok ? "unavailable" : away.length > 0 ? "degraded" : "ready", parts };
}

export async function checkParts(built: App, log: Logger): Promise<Record<string, Part>> {
  const checks: Record<string, () => Promise<unknown>> = {
    database: () => withSystem(built.database, (tx) => tx.execute(sql`select 1`)),
    jobs: () => built.jobs.check(),
    blobs: () => built.blobs.check(),
    cache: () => built.kv.set("ready", "1", { ttlSeconds: 10 }),
  };
  const entries = Object.entries(checks).map(async ([name, check]) => [name, await time(name, check, log)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function time(name: string, check: () => Promise<unknown>, log: Logger): Promise<Part> {
  const startedAt = performance.now();
  let ok = true;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${PART_LIMIT_MS} ms`)), PART_LIMIT_MS);
  });
  try {
    await Promise.race([check(), limit]);
  } catch (error) {
    ok = false;
    log.warn({ err: error, part: name }, "not ready");
  } finally {
    clearTimeout(timer);
  }
  return { ok, ms: Math.round(performance.now() - startedAt) };
}
