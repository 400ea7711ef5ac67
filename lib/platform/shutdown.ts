import type { Logger } from "./logger";
import { singleton } from "./singleton";

type Stage = "streams" | "work" | "resources";
type Hook = { stage: Stage; run: () => unknown };

const STAGES: { stage: Stage; maxMs: number }[] = [
  { stage: "streams", maxMs: 300 },
  { stage: "work", maxMs: 2_000 },
  { stage: "resources", maxMs: 1_000 },
];
/** Requests being answered get this long once their streams were told to close. */
const REQUESTS_MS = 500;
const HARD_LIMIT_MS = 4_000;

const state = () =>
  singleton("shutdown", () => ({ hooks: new Set<Hook>(), begun: false, running: 0, listening: false }));

/**
 * Runs `fn` when the process is asked to stop, and returns how to take that back. Open streams close first ("streams", the default),
 * then background work ("work"), then what both stand on ("resources"). Nothing may hold the process for longer than 4 s in all.
 */
export function onShutdown(fn: () => unknown, stage: Stage = "streams"): () => void {
  const hook = { stage, run: fn };
  state().hooks.add(hook);
  return () => state().hooks.delete(hook);
}

/** True once stopping has begun: readiness says so, streams do not reopen. */
export const isShuttingDown = (): boolean => state().begun;

/** Counts a piece of work that stopping should wait for; call what it returns when that is done. */
export function trackWork(): () => void {
  state().running++;
  let done = false;
  return () => {
    if (!done) state().running--;
    done = true;
  };
}

/** Listens for SIGTERM and SIGINT, once per process. */
export function listenForShutdown(log: Logger, exit: (code: number) => void = process.exit): void {
  if (state().listening) return;
  state().listening = true;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => void shutDown(log, signal).finally(() => exit(0)));
}

/** Runs every hook, stage by stage; resolves within 4 s whatever they do. */
export async function shutDown(log: Logger, reason: string): Promise<void> {
  const current = state();
  if (current.begun) return within(new Promise(() => {}), HARD_LIMIT_MS);
  current.begun = true;
  const startedAt = performance.now();
  log.info({ reason }, "stopping");
  await within(runStages(log), HARD_LIMIT_MS);
  log.info({ ms: Math.round(performance.now() - startedAt) }, "stopped");
}

async function runStages(log: Logger): Promise<void> {
  for (const { stage, maxMs } of STAGES) {
    const hooks = [...state().hooks].filter((hook) => hook.stage === stage);
    const settled = Promise.allSettled(hooks.map(async (hook) => hook.run()));
    await within(settled, maxMs);
    if (stage === "streams") await idle(REQUESTS_MS);
    const failures = await Promise.race([settled, Promise.resolve([])]);
    for (const result of failures)
      if (result.status === "rejected") log.warn({ err: result.reason, stage }, "stop hook failed");
  }
}

async function idle(maxMs: number): Promise<void> {
  const until = performance.now() + maxMs;
  while (state().running > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
