import "server-only";
import { type Database, openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { relayEvents, type UnrelayedEvent } from "@/db/system";
import { wakeStreams } from "@/lib/events";
import type { BlobStore } from "@/lib/platform/blobs";
import { type Clock, systemClock } from "@/lib/platform/clock";
import type { Actor, Context, Keys } from "@/lib/platform/context";
import { deriveKey, parseKey } from "@/lib/platform/crypto";
import type { Env } from "@/lib/platform/env";
import { createJobs, type Jobs, type Workers } from "@/lib/platform/jobs";
import type { Kv } from "@/lib/platform/kv";
import type { Logger } from "@/lib/platform/logger";
import type { Mailer } from "@/lib/platform/mail";
import type { RateLimiter } from "@/lib/platform/rate-limit";
import { processEnv, processLog } from "@/lib/platform/runtime";
import { singleton } from "@/lib/platform/singleton";
import { deferAfterResponse } from "./defer";
import { blobsFor, kvFor, limiterFor, mailerFor } from "./ports";

/** Everything the process has once. */
export type App = {
  env: Env;
  database: Database;
  clock: Clock;
  log: Logger;
  keys: Keys;
  kv: Kv;
  limiter: RateLimiter;
  jobs: Jobs;
  blobs: BlobStore;
  mailer: Mailer;
};

/** A caller hears silence meanwhile, and the provider gives a tool call up after 20 s. */
const DATABASE_PATIENCE = { connectMs: 5_000, answerMs: 8_000 };

const slot = () => singleton<{ app: Promise<App> | undefined }>("app", () => ({ app: undefined }));

/** The process's App, built at the first call: opens the database, and migrates it where it is embedded. A failure is not kept. */
export function app(): Promise<App> {
  const held = slot();
  held.app ??= buildApp(processEnv(), processLog()).catch((error) => {
    held.app = undefined;
    throw error;
  });
  return held.app;
}

/** What a verb needs, for one organisation and whoever acts in it. */
export const contextFor = (from: App, orgId: string, actor: Actor): Context => ({
  orgId,
  actor,
  database: from.database,
  clock: from.clock,
  log: from.log.child({ orgId }),
  keys: from.keys,
});

/** A fresh App from a configuration; `app()` is what a running process uses. */
export async function buildApp(env: Env, log: Logger, clock: Clock = systemClock): Promise<App> {
  const master = parseKey(env.encryptionKey);
  const keys = {
    secrets: deriveKey(master, "secrets"),
    slots: deriveKey(master, "slots"),
    urls: deriveKey(master, "urls"),
  };
  // The relay holds one connection while the queue uses another.
  const maxConnections = env.database.maxConnections && Math.max(2, env.database.maxConnections);
  const database = await openDatabase({ ...env.database, maxConnections, patience: DATABASE_PATIENCE });
  try {
    if (env.mode === "embedded") await migrate(database);
    const kv = kvFor(env);
    const jobs = createJobs({
      database,
      relay: (limit, deliver) => relayEvents(database, limit, deliver),
      workers: () => loadWorkers(built),
      kv,
      log,
      defer: env.serverless ? deferAfterResponse(log) : undefined,
    });
    const built: App = {
      env,
      database,
      clock,
      log,
      keys,
      kv,
      limiter: limiterFor(env, log),
      // Who says that events were committed wakes those who watch as well as those who work.
      jobs: {
        ...jobs,
        poke() {
          wakeStreams();
          jobs.poke();
        },
      },
      blobs: await blobsFor(env),
      mailer: await mailerFor(env, database, clock),
    };
    return built;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function loadWorkers(built: App): Promise<Workers<UnrelayedEvent>> {
  const { subscriptions, periodic } = await import("./workers");
  return {
    subscriptions: Object.fromEntries(
      Object.entries(subscriptions).map(([name, subscription]) => [
        name,
        { ...subscription, run: (ref, signal) => subscription.run(built, ref, signal) },
      ]),
    ),
    periodic: periodic.map((task) => ({ ...task, run: (signal) => task.run(built, signal) })),
  };
}
