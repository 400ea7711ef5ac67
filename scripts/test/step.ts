import { spawn } from "node:child_process";
import { root } from "../server/project";
import type { Output } from "./output";

/** Runs a program of the project with its output where it belongs. Resolves with its exit code. */
export function runStep(args: string[], { stdio }: Output, env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", stdio, stdio],
      env: { ...inherited, NEXT_TELEMETRY_DISABLED: "1", ...env } as unknown as NodeJS.ProcessEnv,
    });
    const stop = () => void child.kill("SIGTERM");
    process.once("SIGTERM", stop).once("SIGINT", stop).once("disconnect", stop);
    child.once("error", () => resolve(1));
    child.once("exit", (code) => {
      process.off("SIGTERM", stop).off("SIGINT", stop).off("disconnect", stop);
      resolve(code ?? 1);
    });
  });
}
