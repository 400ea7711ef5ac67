import { spawn } from "node:child_process";
import { inProject, root } from "../server/project";
import { sourceProblems } from "./sources";

export type Check = { name: string; ok: boolean; output: string; ms: number };

const bin = (name: string) => inProject("node_modules/.bin", name);

/** Every check that needs neither a database nor a browser; seconds in all. */
export async function runChecks(): Promise<Check[]> {
  const types = timed("types", async () => {
    await command([inProject("node_modules/next/dist/bin/next"), "typegen"]);
    return command([inProject("node_modules/typescript/bin/tsc"), "--noEmit"]);
  });
  const [typed, ...rest] = await Promise.all([
    types,
    timed("format and lint (biome)", () => program(bin("biome"), ["check", "--error-on-warnings", "."])),
    timed("lint and import cycles (oxlint)", () => program(bin("oxlint"), ["--deny-warnings"])),
    timed("boundaries, conventions, documents", async () => {
      const problems = sourceProblems();
      return {
        ok: problems.length === 0,
        output: problems.map((p) => `${p.file} ${p.message} [${p.rule}]`).join("\n"),
      };
    }),
  ]);
  return [typed, ...rest];
}

async function timed(name: string, run: () => Promise<{ ok: boolean; output: string }>): Promise<Check> {
  const startedAt = performance.now();
  const result = await run();
  return { name, ...result, ms: Math.round(performance.now() - startedAt) };
}

const command = (args: string[]) => program(process.execPath, args);

function program(file: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(file, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, NEXT_TELEMETRY_DISABLED: "1" } as NodeJS.ProcessEnv,
    });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(parts).toString() }));
  });
}
