import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import type { ConstructorOptions, PgBoss } from "pg-boss";
import type { Logger } from "../logger";
import type { Subscription } from "./types";

type QueueDatabase = NonNullable<ConstructorOptions["db"]>;

export const DEAD = "dead";
export const SCHEMA = "pgboss";
const DEFAULT_MAX_SECONDS = 120;
export const DEFAULT_RETRIES = 5;
/** A running job says so every few seconds; one whose process died is taken up again after this long. */
export const HEARTBEAT_SECONDS = 15;

/** Starts pg-boss on the application's own database. Call it outside any transaction: with PGlite it would wait for itself. */
export async function startBoss(
  database: { pool: Pool | undefined; pglite: PGlite | undefined },
  options: { supervise: boolean; heartbeatSeconds: number; log: Logger },
): Promise<PgBoss> {
  const { PgBoss, fromPglite } = await import("pg-boss");
  const { pool, pglite } = database;
  const boss = new PgBoss({
    db: pool ? overPool(pool) : fromPglite(pglite as PGlite),
    backend: pool ? "postgres" : "pglite",
    schema: SCHEMA,
    schedule: false,
    supervise: options.supervise,
    superviseIntervalSeconds: options.heartbeatSeconds,
    monitorIntervalSeconds: options.heartbeatSeconds,
    reindex: false,
  });
  boss.on("error", (error) => options.log.error({ err: error }, "job queue"));
  await boss.start();
  return boss;
}

/** Creates the queues that are missing and brings the others' settings up to date. */
export async function ensureQueues(
  boss: PgBoss,
  subscriptions: Record<string, Subscription>,
  heartbeatSeconds: number,
): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!existing.has(DEAD)) await boss.createQueue(DEAD, { retryLimit: 0, retentionSeconds: 90 * 86_400 });
  for (const [name, { maxSeconds, retries }] of Object.entries(subscriptions)) {
    const settings = {
      retryLimit: retries ?? DEFAULT_RETRIES,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: maxSeconds ?? DEFAULT_MAX_SECONDS,
      heartbeatSeconds,
      deadLetter: DEAD,
    };
    const found = existing.get(name);
    if (!found) await boss.createQueue(name, settings);
    else if (found.expireInSeconds !== settings.expireInSeconds || found.retryLimit !== settings.retryLimit)
      await boss.updateQueue(name, settings);
  }
}

/** pg-boss sends several statements at once: their rows are joined, and a failure leaves no transaction open. */
function overPool(pool: Pool): QueueDatabase {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        const result: unknown = await client.query(text, values);
        if (!Array.isArray(result)) return result as { rows: unknown[] };
        return { rows: (result as { rows?: unknown[] }[]).flatMap((part) => part.rows ?? []) };
      } catch (error) {
        await client.query("rollback").catch((e: Error) => {
          broken = e;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

/**
 * Gives back the jobs a killed process left running. Only where no other process can be running them: the embedded database,
 * which one process holds alone. Elsewhere the missing heartbeat tells.
 */
export async function reclaimAbandoned(boss: PgBoss): Promise<void> {
  const { rows } = await boss.getDb().executeSql(`select name, id from ${SCHEMA}.job where state = 'active'`);
  for (const { name, id } of rows as { name: string; id: string }[])
    await boss.fail(name, id, { message: "The process ended while the job ran." });
}
