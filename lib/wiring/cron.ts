import "server-only";
import { safeEqual } from "@/lib/platform/crypto";
import type { Env } from "@/lib/platform/env";
import type { App } from "./app";

/** Stays below the routes' maxDuration of 60 s. */
const BUDGET_MS = 45_000;

/** Without a configured secret nobody is let in. */
export const isCronCaller = (env: Pick<Env, "cronSecret">, authorization: string | null): boolean =>
  Boolean(env.cronSecret) && safeEqual(authorization ?? "", `Bearer ${env.cronSecret}`);

/** `relay`, `drain`, `reconcile-billing` with what it found, or a periodic task by its name; undefined when there is none of that name. */
export async function runCronJob(app: App, job: string): Promise<Record<string, unknown> | undefined> {
  switch (job) {
    case "relay":
      return { job, relayed: await app.jobs.relay() };
    case "drain": {
      const relayed = await app.jobs.relay();
      return { job, relayed, ...(await app.jobs.drain({ budgetMs: BUDGET_MS })) };
    }
    case "reconcile-billing": {
      const { reconcileAll } = await import("./billing-workers");
      return { job, ...(await reconcileAll(app, AbortSignal.timeout(BUDGET_MS))) };
    }
    default:
      return (await app.jobs.runPeriodic(job, { budgetMs: BUDGET_MS })) ? { job } : undefined;
  }
}
