import type { PgBoss } from "pg-boss";
import type { Logger } from "../logger";
import { runJob } from "./run-job";
import { WakeUp } from "./signal";
import type { JobRef, Subscription } from "./types";

const DEFAULT_CONCURRENCY = 5;
/** How soon a retry that has become due is noticed when nobody gives a wake-up call. */
const IDLE_MS = 2_000;
const AFTER_FAILURE_MS = 1_000;

/** Works off one queue: fetches as many jobs as there are free places, again whenever a place becomes free. */
export class QueueWorker {
  private readonly wakeUp = new WakeUp();
  private readonly running = new Map<string, Promise<unknown>>();
  private stopping = false;

  constructor(
    private readonly boss: PgBoss,
    readonly name: string,
    private readonly subscription: Subscription,
    private readonly log: Logger,
  ) {}

  wake(): void {
    this.wakeUp.give();
  }

  /** Resolves when stopped. */
  async loop(): Promise<void> {
    while (!this.stopping) {
      try {
        const taken = await this.take();
        if (taken === 0) await this.wakeUp.wait(IDLE_MS);
      } catch (error) {
        if (this.stopping) return;
        this.log.error({ err: error, job: this.name }, "job queue");
        await this.wakeUp.wait(AFTER_FAILURE_MS);
      }
    }
  }

  /** Takes no more jobs and waits up to `maxMs` for those that run; the others go back to the queue. */
  async stop(maxMs: number): Promise<void> {
    this.stopping = true;
    this.wake();
    const timer = new WakeUp();
    void Promise.allSettled(this.running.values()).then(() => timer.give());
    await timer.wait(maxMs);
    const interrupted = [...this.running.keys()];
    if (interrupted.length > 0) await this.boss.fail(this.name, interrupted, { message: "The server was stopped." });
  }

  private async take(): Promise<number> {
    const free = (this.subscription.concurrency ?? DEFAULT_CONCURRENCY) - this.running.size;
    if (free <= 0) return 0;
    const jobs = await this.boss.fetch<JobRef>(this.name, { batchSize: free });
    for (const job of jobs) {
      const run = runJob(this.boss, this.subscription, job, this.log)
        .catch((error) => this.log.error({ err: error, job: this.name, jobId: job.id }, "job could not be settled"))
        .finally(() => {
          this.running.delete(job.id);
          this.wake();
        });
      this.running.set(job.id, run);
    }
    return jobs.length;
  }
}
