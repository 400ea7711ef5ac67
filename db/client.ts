import { mkdirSync } from "node:fs";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePg, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import type { Pool } from "pg";
import { lockDirectory } from "./lock";
import { prepareRepeated } from "./prepare-repeated";
import * as schema from "./schema";

export type Schema = typeof schema;
/** One Drizzle type for all three drivers; of `execute()` only `.rows` is common to them. */
export type Db = NodePgDatabase<Schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
export type Driver = "pglite" | "pg" | "neon";

export type Database = {
  driver: Driver;
  /** Acts as the login role, outside row-level security: for db/, sign-in and jobs only. */
  db: Db;
  /** undefined with PGlite, which has one connection. */
  pool: Pool | undefined;
  pglite: PGlite | undefined;
  close(): Promise<void>;
};

export type DatabaseConfig = {
  /** PostgreSQL URL; undefined = PGlite in `dataDir`. */
  url?: string | undefined;
  driver?: Driver | undefined;
  /** Directory of the embedded database; undefined = in memory. */
  dataDir?: string | undefined;
  maxConnections?: number | undefined;
  /** How long to wait for a free connection and for the server to let us in, then for the answer to a statement; undefined = for ever. */
  patience?: { connectMs: number; answerMs: number } | undefined;
  /** false behind a pooler that does not keep prepared statements apart (PgBouncer before 1.21 in transaction mode). */
  prepare?: boolean | undefined;
  /** Neon through a local WebSocket proxy, `host:port/path`; for tests. */
  neonWsProxy?: string | undefined;
};

/** Neon's hosts end in neon.tech; every other address is spoken to with node-postgres. */
export function driverOf(config: DatabaseConfig): Driver {
  if (config.driver) return config.driver;
  if (!config.url) return "pglite";
  return /\.neon\.tech$/.test(new URL(config.url).hostname) ? "neon" : "pg";
}

export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const driver = driverOf(config);
  if (driver === "pglite") return openPglite(config.dataDir);
  if (!config.url) throw new Error(`The ${driver} driver needs a database URL`);
  const options = {
    connectionString: config.url,
    max: config.maxConnections ?? 10,
    idleTimeoutMillis: 30_000,
    // A server that is stuck, or a network that swallows packets, would otherwise hold every request for as long as it lasts.
    ...(config.patience && {
      connectionTimeoutMillis: config.patience.connectMs,
      query_timeout: config.patience.answerMs,
    }),
  };
  let pool: Pool;
  if (driver === "neon") {
    const neon = await import("@neondatabase/serverless");
    const proxy = config.neonWsProxy;
    if (proxy) {
      neon.neonConfig.wsProxy = () => proxy;
      neon.neonConfig.useSecureWebSocket = false;
      neon.neonConfig.pipelineConnect = false;
    }
    pool = new neon.Pool(options) as unknown as Pool;
  } else {
    const pg = await import("pg");
    pool = new pg.default.Pool({ ...options, pipeline: true } as ConstructorParameters<typeof pg.default.Pool>[0]);
    if (config.prepare !== false) pool.on("connect", prepareRepeated);
  }
  // Of a connection that breaks while it is used, its statements tell; the event besides would end the process.
  pool.on("connect", (client) => void client.on("error", () => {}));
  pool.on("error", () => {}); // an idle connection that drops is replaced at the next query
  return { driver, db: drizzlePg(pool, { schema }), pool, pglite: undefined, close: () => pool.end() };
}

async function openPglite(dataDir: string | undefined): Promise<Database> {
  if (process.env.NEXT_PHASE === "phase-production-build")
    throw new Error("No database during next build: make the route dynamic (await connection())");
  let release = () => {};
  if (dataDir) {
    mkdirSync(path.dirname(dataDir), { recursive: true });
    release = lockDirectory(dataDir);
  }
  try {
    const [{ PGlite }, { btree_gist }, { btree_gin }] = await Promise.all([
      import("@electric-sql/pglite"),
      import("@electric-sql/pglite/contrib/btree_gist"),
      import("@electric-sql/pglite/contrib/btree_gin"),
    ]);
    const pglite = await PGlite.create({ ...(dataDir ? { dataDir } : {}), extensions: { btree_gist, btree_gin } });
    const close = async () => {
      await pglite.close();
      release();
    };
    return { driver: "pglite", db: drizzlePglite(pglite, { schema }) as unknown as Db, pool: undefined, pglite, close };
  } catch (error) {
    release();
    throw error;
  }
}
