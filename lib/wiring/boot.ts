import "server-only";
import { sql } from "drizzle-orm";
import { withSystem } from "@/db/tenant";
import { probeOutageWith } from "@/lib/platform/http/outage";
import { listenForShutdown, onShutdown } from "@/lib/platform/shutdown";
import { singleton } from "@/lib/platform/singleton";
import { type App, app } from "./app";
import { bootTasks } from "./boot-tasks";

type Boot = { ready: boolean; running: Promise<void> | undefined };
const boot = () => singleton<Boot>("boot", () => ({ ready: false, running: undefined }));

/** True once everything that must precede the first request's promise is done. */
export const isBooted = (): boolean => boot().ready;

/**
 * Starts the process: database, jobs, then the tasks of a start (demo, emulated connections), then it is ready. Once per process.
 * Where no process lives on, the queue is started by the first request that needs it.
 */
export function bootApp(): Promise<void> {
  const held = boot();
  held.running ??= start().catch((error) => {
    held.running = undefined;
    throw error;
  });
  return held.running;
}

async function start(): Promise<void> {
  const built = await app();
  if (!built.env.serverless) {
    listenForShutdown(built.log);
    probeOutageWith(() => withSystem(built.database, (tx) => tx.execute(sql`select 1`)));
    onShutdown(() => built.jobs.stop(), "work");
    onShutdown(() => built.database.close(), "resources");
    await built.jobs.start({ loops: true });
  }
  await runTasks(built);
  boot().ready = true;
  built.log.info({ mode: built.env.mode, driver: built.database.driver }, "ready");
}

async function runTasks(built: App): Promise<void> {
  for (const task of bootTasks) {
    if (!task.when(built)) continue;
    const startedAt = performance.now();
    await task.run(built);
    built.log.info({ task: task.name, ms: Math.round(performance.now() - startedAt) }, "start task done");
  }
}
