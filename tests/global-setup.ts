import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { removeLeftovers } from "./leftovers";
import { preparePgliteDump } from "./pglite-dump";
import { startPostgres } from "./postgres-server";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of the maintenance database of a running PostgreSQL with the migrated template `caly_template`, or why there is none. */
    postgres: { url: string } | { unavailable: string };
    /** File with a dump of a migrated PGlite directory. */
    pgliteDump: string;
  }
}

/** Both databases are made once per set of migrations and kept in node_modules/.cache; a run starts from copies. */
export default async function setup({ provide }: TestProject) {
  removeLeftovers();
  const directory = mkdtempSync(path.join(tmpdir(), `caly-test-${process.pid}-`));
  chmodSync(directory, 0o755);
  const [server, dump] = await Promise.all([
    startPostgres(path.join(directory, "pg")).catch((error: unknown) => ({
      unavailable: `embedded PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`,
    })),
    preparePgliteDump(),
  ]);
  provide("postgres", "url" in server ? { url: server.url } : server);
  provide("pgliteDump", dump);
  return async () => {
    if ("stop" in server) await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
