import { noteOutage } from "../http/outage";
import type { Kv } from "../kv";
import type { Logger } from "../logger";
import { WakeUp } from "./signal";
import type { PeriodicTask } from "./types";

/** Calls a task every so often until stopped. The cache's entry keeps the other instances from doing the same at the same time. */
export class PeriodicLoop {
  private readonly wakeUp = new WakeUp();
  private stopping = false;

  constructor(
    private readonly task: PeriodicTask,
    private readonly kv: Kv,
    private readonly log: Logger,
  ) {}

  async loop(): Promise<void> {
    const everyMs = this.task.everySeconds * 1000;
    await this.wakeUp.wait(Math.min(everyMs, 5_000) * (0.5 + Math.random() / 2));
    while (!this.stopping) {
      await this.once(everyMs);
      if (!this.stopping) await this.wakeUp.wait(everyMs);
    }
  }

  stop(): void {
    this.stopping = true;
    this.wakeUp.give();
  }

  private async once(everyMs: number): Promise<void> {
    try {
      const ttlSeconds = Math.max(1, Math.floor((everyMs * 0.9) / 1000));
      const mine = await this.kv
        .set(`periodic:${this.task.name}`, "1", { ttlSeconds, onlyIfAbsent: true })
        .catch((error: unknown) => {
          // Done by several instances at once it costs more, left undone it is missed: every task bears being done twice.
          this.log.warn({ err: error, task: this.task.name }, "nobody could be asked whose turn it is");
          return true;
        });
      if (mine) await this.task.run(AbortSignal.timeout(Math.max(everyMs, 60_000)));
    } catch (error) {
      noteOutage(error);
      this.log.error({ err: error, task: this.task.name }, "periodic task failed");
    }
  }
}
