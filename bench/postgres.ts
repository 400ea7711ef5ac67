import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "../tests/postgres-server";

/** A durable PostgreSQL (fsync on) in a temporary folder with one migrated, empty database. */
export async function benchPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), `caly-test-${process.pid}-`));
  chmodSync(folder, 0o755);
  const server = await startPostgres(path.join(folder, "pg"), { durable: true });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("create database bench template caly_template");
  await admin.end();
  return {
    url: server.url.replace(/\/postgres$/, "/bench"),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
