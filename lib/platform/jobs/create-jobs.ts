import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import type { PgBoss } from "pg-boss";
import type { Kv } from "../kv";
import type { Logger } from "../logger";
import { ensureQueues, HEARTBEAT_SECONDS, reclaimAbandoned, startBoss } from "./boss";
import { listDeadJobs, replayDeadJob } from "./dead-jobs";
import { deliver } from "./deliver";
import { PeriodicLoop } from "./periodic";
import { QueueWorker } from "./queue-worker";
import { runJob } from "./run-job";
import { WakeUp } from "./signal";
import type { JobRef, Jobs, OutboxEvent, Relay, Workers } from "./types";

const RELAY_BATCH = 200;
/** Events committed close together are handed on together: what follows a call can wait that long, its next tool call cannot. */
const DEBOUNCE_MS = 200;
const RELAY_NET_MS = 3_000;
const STOP_MS = 2_000;
/** What a poke may take after a request where no loop runs. */
const POKE_BUDGET_MS = 10_000;

export type JobsConfig<E extends OutboxEvent = OutboxEvent> = {
  database: { pool: Pool | undefined; pglite: PGlite | undefined };
  relay: Relay<E>;
  /** Loaded at the first use: handlers import the nouns, and the nouns' routes should not all import each other. */
  workers: () => Promise<Workers<E>>;
  kv: Kv;
  log: Logger;
  /** How often a running job must say that it lives; at least 10, 15 unless told. */
  heartbeatSeconds?: number | undefined;
  /** Keeps work alive after the answer where no process lives on between requests; undefined where one does. */
  defer?: ((work: () => Promise<void>) => void) | undefined;
};

type Started<E extends OutboxEvent> = { boss: PgBoss; workers: Workers<E> };

export function createJobs<E extends OutboxEvent>(config: JobsConfig<E>): Jobs {
  const { log } = config;
  const poked = new WakeUp();
  let starting: Promise<Started<E>> | undefined;
  let relaying: Promise<number> | undefined;
  let relayNext: Promise<number> | undefined;
  let queueWorkers: QueueWorker[] = [];
  let periodic: PeriodicLoop[] = [];
  let loops: Promise<void>[] | undefined;
  let stopping = false;

  const begin = async (supervise: boolean): Promise<Started<E>> => {
    const workers = await config.workers();
    const heartbeatSeconds = config.heartbeatSeconds ?? HEARTBEAT_SECONDS;
    const boss = await startBoss(config.database, { supervise, heartbeatSeconds, log });
    await ensureQueues(boss, workers.subscriptions, heartbeatSeconds);
    if (!config.database.pool) await reclaimAbandoned(boss);
    return { boss, workers };
  };
  const started = (supervise = false): Promise<Started<E>> => {
    starting ??= begin(supervise).catch((error) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };

  const relayOnce = async (): Promise<number> => {
    const { boss, workers } = await started();
    let total = 0;
    for (;;) {
      const woken = new Set<string>();
      const count = await config.relay(RELAY_BATCH, async (events) => {
        for (const queue of await deliver(boss, workers.subscriptions, events)) woken.add(queue);
      });
      for (const worker of queueWorkers) if (woken.has(worker.name)) worker.wake();
      total += count;
      if (count < RELAY_BATCH) return total;
    }
  };
  // One at a time; whoever asks while one runs gets the next, for the running one may have looked before their commit.
  const relay = (): Promise<number> => {
    if (!relaying) {
      relaying = relayOnce().finally(() => {
        relaying = undefined;
      });
      return relaying;
    }
    relayNext ??= relaying
      .catch(() => 0)
      .then(() => {
        relayNext = undefined;
        return relay();
      });
    return relayNext;
  };

  const relayLoop = async (): Promise<void> => {
    while (!stopping) {
      await poked.wait(RELAY_NET_MS);
      if (stopping) return;
      await new Promise((resolve) => setTimeout(resolve, DEBOUNCE_MS));
      await relay().catch((error) => log.error({ err: error }, "events could not be relayed"));
    }
  };

  const drain = async ({ budgetMs }: { budgetMs: number }) => {
    const { boss, workers } = await started();
    const until = performance.now() + budgetMs;
    const count = { done: 0, failed: 0 };
    await boss.supervise();
    for (let found = true; found && performance.now() < until; ) {
      found = false;
      for (const [name, subscription] of Object.entries(workers.subscriptions)) {
        if (performance.now() >= until) break;
        const jobs = await boss.fetch<JobRef>(name, { batchSize: subscription.concurrency ?? 5 });
        if (jobs.length > 0) found = true;
        for (const ok of await Promise.all(jobs.map((job) => runJob(boss, subscription, job, log))))
          count[ok ? "done" : "failed"]++;
      }
    }
    return count;
  };

  return {
    async start(options = {}) {
      const { boss, workers } = await started(options.loops ?? false);
      if (!options.loops || loops) return;
      queueWorkers = Object.entries(workers.subscriptions).map(([name, s]) => new QueueWorker(boss, name, s, log));
      periodic = workers.periodic.map((task) => new PeriodicLoop(task, config.kv, log));
      loops = [relayLoop(), ...queueWorkers.map((w) => w.loop()), ...periodic.map((p) => p.loop())];
      poked.give();
    },
    poke() {
      if (loops) poked.give();
      else
        config.defer?.(async () => {
          await relay();
          await drain({ budgetMs: POKE_BUDGET_MS });
        });
    },
    relay,
    drain,
    async runPeriodic(name, { budgetMs }) {
      const { workers } = await started();
      const task = workers.periodic.find((t) => t.name === name);
      await task?.run(AbortSignal.timeout(budgetMs));
      return task !== undefined;
    },
    async check() {
      const { boss } = await started();
      if (stopping) throw new Error("The job queue is stopping");
      await boss.getQueues(["dead"]);
    },
    listDeadJobs: async (orgId) => listDeadJobs((await started()).boss, orgId),
    replayDeadJob: async (orgId, id) => {
      const replayed = await replayDeadJob((await started()).boss, orgId, id);
      for (const worker of queueWorkers) worker.wake();
      return replayed;
    },
    async stop() {
      stopping = true;
      poked.give();
      for (const task of periodic) task.stop();
      await Promise.all(queueWorkers.map((worker) => worker.stop(STOP_MS)));
      const boss = await starting?.then((s) => s.boss).catch(() => undefined);
      await boss?.stop({ graceful: false, close: false });
    },
  };
}
