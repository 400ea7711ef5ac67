import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** `step`: whose calls are told; `isNight`: what Stripe has is read, for events that never came. */
export type Round = { now: number; step: number | null; isNight: boolean };

/** Processes that do a round together. One that is killed in it is started again and told the same. */
export function startWorkers(args: readonly string[], count: number, onDeath: () => Promise<void>) {
  const workers = Array.from({ length: count }, (_, share) => startWorker([...args, String(share), String(count)]));
  let kills = 0;
  return {
    kills: () => kills,
    /** `killAfterMs`: of one of them. */
    async round(what: Round, killAfterMs?: number): Promise<void> {
      const victim = killAfterMs === undefined ? undefined : workers[kills % count];
      const timer = victim && setTimeout(() => victim.kill(), killAfterMs);
      await Promise.all(
        workers.map(async (worker) => {
          while (!(await worker.run(what))) {
            kills++;
            await onDeath();
          }
        }),
      );
      clearTimeout(timer);
    },
    stop: () => Promise.all(workers.map((worker) => worker.stop())),
  };
}

function startWorker(args: readonly string[]) {
  const script = path.resolve("tests/drills/year-worker.ts");
  const start = () => {
    const child: ChildProcess = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", script, ...args],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    child.stdin?.on("error", () => {});
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    return { child, lines, ready: lines.next() };
  };
  let live = start();
  return {
    kill: () => void live.child.kill("SIGKILL"),
    /** False: it died, and another one stands ready. */
    async run(what: Round): Promise<boolean> {
      await live.ready;
      live.child.stdin?.write(`${JSON.stringify(what)}\n`);
      const told = await live.lines.next();
      if (told.value === "done") return true;
      if (live.child.signalCode !== "SIGKILL" && live.child.exitCode !== null)
        throw new Error(`a worker ended with ${live.child.exitCode}`);
      live = start();
      return false;
    },
    async stop() {
      const { child } = live;
      const exited = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
      child.stdin?.end();
      await exited;
    },
  };
}
