import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import type { Database } from "./client";

/** Any number; all migrators of this product must agree on it (Drizzle's migrator takes no lock of its own). */
const MIGRATION_LOCK = 7411;

/** Applies what is missing of db/migrations. Several processes at once wait for each other. */
export async function migrate(
  database: Database,
  migrationsFolder = path.resolve(/*turbopackIgnore: true*/ process.cwd(), "db/migrations"),
) {
  if (!database.pool) {
    await migratePglite(database.db as unknown as Parameters<typeof migratePglite>[0], { migrationsFolder });
    return;
  }
  const client = await database.pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migratePg(drizzle(client), { migrationsFolder });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).finally(() => client.release());
  }
}
