import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { drizzle } from "drizzle-orm/pglite";
import pg from "pg";
import { inject } from "vitest";
import { type Database, type Db, openDatabase } from "@/db/client";
import * as schema from "@/db/schema";
import { singleton } from "@/lib/platform/singleton";

/** What the running test file has opened. */
const opened: { close(): Promise<void> }[] = [];

/** Called after each file by `close-databases.ts`: a hook that is added while another runs would never be called. */
export async function closeOpened(): Promise<void> {
  await Promise.allSettled(opened.splice(0).map((database) => database.close()));
}

/**
 * A migrated embedded database in memory, the same for all files that run in a process: opening one takes a second and more. Tests make
 * organisations of their own; those that look at all organisations, or at what belongs to none, open their own.
 */
export function pgliteDatabase(): Promise<Database> {
  return singleton<{ database: Promise<Database> }>("test-pglite", () => ({ database: openPglite() })).database;
}

/** A migrated embedded database in memory with nothing in it, closed after the test file. */
export async function emptyPgliteDatabase(): Promise<Database> {
  const database = await openPglite();
  opened.push(database);
  return database;
}

async function openPglite(): Promise<Database> {
  const loadDataDir = new Blob([readFileSync(inject("pgliteDump"))]);
  const pglite = await PGlite.create({ loadDataDir, extensions: { btree_gist, btree_gin } });
  return {
    driver: "pglite",
    db: drizzle(pglite, { schema }) as unknown as Db,
    pool: undefined,
    pglite,
    close: () => pglite.close(),
  };
}

/** Why real PostgreSQL cannot be used here, or undefined when it can: for `describe.skipIf`, with the reason printed. */
export function postgresUnavailable(): string | undefined {
  const postgres = inject("postgres");
  if ("url" in postgres) return undefined;
  console.warn(`skipped: ${postgres.unavailable}`);
  return postgres.unavailable;
}

let serial = 0;

/** A migrated database of its own on a real PostgreSQL server, closed after the test file. */
export async function postgresDatabase(options: { maxConnections?: number } = {}): Promise<Database & { url: string }> {
  const postgres = inject("postgres");
  if (!("url" in postgres)) throw new Error(postgres.unavailable);
  const name = `t_${process.pid}_${Date.now()}_${++serial}`;
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`create database ${name} template caly_template`);
  await admin.end();
  const url = postgres.url.replace(/\/postgres$/, `/${name}`);
  const database = await openDatabase({ url, maxConnections: options.maxConnections ?? 10 });
  opened.push(database);
  return { ...database, url };
}

/** For what does not depend on the engine: real PostgreSQL, which is several times faster, and the embedded one where there is none. */
export const anyDatabase = (): Promise<Database> =>
  "url" in inject("postgres") ? postgresDatabase() : pgliteDatabase();
