import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const shape = z.object({
  pid: z.number(),
  baseUrl: z.string(),
  emulators: z
    .object({ vapi: z.string(), googleCalendar: z.string(), microsoftCalendar: z.string(), stripe: z.string() })
    .partial(),
});

/** What other commands need to know of the running server: `.data/runtime.json`, readable by its owner alone. */
export type Runtime = z.output<typeof shape>;

const fileIn = (dataDir: string) => path.join(dataDir, "runtime.json");

export function writeRuntime(dataDir: string, runtime: Runtime): void {
  mkdirSync(dataDir, { recursive: true });
  const partial = `${fileIn(dataDir)}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, fileIn(dataDir));
}

export function removeRuntime(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** undefined when no server runs on this folder: none was started, or the one that wrote the file was killed. */
export function readRuntime(dataDir: string): Runtime | undefined {
  try {
    const runtime = shape.parse(JSON.parse(readFileSync(fileIn(dataDir), "utf8")));
    process.kill(runtime.pid, 0);
    return runtime;
  } catch {
    return undefined;
  }
}
