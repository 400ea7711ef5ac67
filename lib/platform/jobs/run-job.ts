import type { PgBoss } from "pg-boss";
import type { Logger } from "../logger";
import { DEFAULT_RETRIES } from "./boss";
import type { JobRef, Subscription } from "./types";

type Fetched = {
  retryCount: number;
  id: string;
  name: string;
  data: JobRef;
  expireInSeconds: number;
  heartbeatSeconds: number | null;
};

/** Runs one fetched job and settles it; true when it succeeded. Never throws for the job's own failure. */
export async function runJob(boss: PgBoss, subscription: Subscription, job: Fetched, log: Logger): Promise<boolean> {
  const { orgId, subjectId, eventId } = job.data;
  const line = log.child({ job: job.name, jobId: job.id, orgId, subjectId, eventId });
  // Settling names the attempt: if the job was given to somebody else meanwhile, it is no longer ours to settle.
  const attempt = { id: job.id, retryCount: job.retryCount };
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(Math.max(1, job.expireInSeconds - 1) * 1000);
  const heart = setInterval(
    () => void boss.touch(job.name, attempt).catch((error) => line.warn({ err: error }, "job heartbeat")),
    ((job.heartbeatSeconds ?? 15) * 1000) / 3,
  );
  heart.unref();
  try {
    await unlessAborted(subscription.run({ orgId, subjectId, eventId }, signal), signal);
    await boss.complete(job.name, attempt);
    line.debug({ ms: Math.round(performance.now() - startedAt) }, "job done");
    return true;
  } catch (error) {
    const isGivenUp = job.retryCount >= (subscription.retries ?? DEFAULT_RETRIES);
    const what = { err: error, ms: Math.round(performance.now() - startedAt) };
    if (isGivenUp) line.error(what, "job given up");
    else line.warn(what, "job failed");
    await boss.fail(job.name, attempt, { message: error instanceof Error ? error.message : String(error) });
    return false;
  } finally {
    clearInterval(heart);
  }
}

/** A handler that ignores its signal must not hold a place for ever. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The job ran out of time.")), { once: true });
    work.then(resolve, reject);
  });
}
