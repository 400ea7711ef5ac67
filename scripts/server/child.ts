import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { inProject, root } from "./project";

const KILL_AFTER_MS = 4_000;

export type Child = {
  name: string;
  process: ChildProcess;
  /** Resolves with the exit code once the process has ended. */
  ended: Promise<number>;
  /** SIGTERM, and SIGKILL when that was not enough. */
  stop(): Promise<void>;
};

type Options = { env?: Record<string, string | undefined>; output?: "pipe" | "inherit" };

/**
 * Starts a Node process in a group of its own (Ctrl-C reaches it through us, in order) that ends when this process does,
 * even if that was killed.
 */
export function startChild(name: string, args: string[], options: Options = {}): Child {
  const output = options.output ?? "pipe";
  const preload = pathToFileURL(inProject("scripts/exit-with-parent.mjs")).href;
  const { NODE_ENV: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd: root,
    detached: process.platform !== "win32",
    stdio: ["pipe", output, output],
    env: { ...inherited, ...options.env, CALY_PARENT_PID: String(process.pid) } as unknown as NodeJS.ProcessEnv,
  });
  child.stdin?.on("error", () => {});
  const ended = new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  const signal = (kind: NodeJS.Signals) => {
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, kind);
    } catch {
      child.kill(kind);
    }
  };
  const stop = async () => {
    signal("SIGTERM");
    const timer = setTimeout(() => signal("SIGKILL"), KILL_AFTER_MS);
    await ended;
    clearTimeout(timer);
  };
  return { name, process: child, ended, stop };
}
