import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject, root } from "@/scripts/server/project";
import { bare } from "../bare-environment";
import { freePort } from "../free-port";

export type Command = {
  process: ChildProcess;
  output: () => string;
  exit: Promise<number>;
};

/** Runs an entry point as npm would, with its output collected. */
export function command(args: string[], env: Record<string, string | undefined>): Command {
  const { NODE_ENV: _, NODE_OPTIONS: __, VITEST: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, ...bare, ...env } as unknown as NodeJS.ProcessEnv,
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part.toString()));
  const exit = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  return { process: child, output: () => parts.join(""), exit };
}

export const entry = (file: string, ...args: string[]) => [inProject("scripts/run.mjs"), file, ...args];

export function temporaryFolder(): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "caly-server-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `npm start` on a folder of its own; resolves when it says that it is ready. */
export async function startCaly(dataDir: string, env: Record<string, string> = {}) {
  const port = env.PORT ? Number(env.PORT) : await freePort();
  const started = command([inProject("scripts/start.mjs"), "--no-demo-calls"], {
    CALY_DATA_DIR: dataDir,
    ...env,
    PORT: String(port),
  });
  const isReady = () => started.output().includes("Caly is ready");
  await Promise.race([until(isReady, 240_000), started.exit]);
  if (!isReady()) throw new Error(`it did not start:\n${started.output()}`);
  return { ...started, port, url: `http://127.0.0.1:${port}` };
}

export async function until(isSo: () => boolean | Promise<boolean>, ms: number, everyMs = 50): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}
