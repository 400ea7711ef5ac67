/** What a job knows: ids only. Everything else is read, as the tenant, when it runs. */
export type JobRef = { orgId: string; subjectId: string; eventId: string };

export type Subscription = {
  /** Event kinds that start the job. */
  on: readonly string[];
  /**
   * Runs at least once per event: it must recognise what it has already done. Throwing means "try again later".
   * `signal` aborts when the job's time is over.
   */
  run(ref: JobRef, signal: AbortSignal): Promise<void>;
  /** Jobs of this name at once in one process; 5 unless told. */
  concurrency?: number | undefined;
  /** After so long a run counts as failed; 120 unless told. */
  maxSeconds?: number | undefined;
  /** Tries after the first; 5 unless told. They come after about 2, 4, 8 … seconds (with jitter), at most 300 apart. */
  retries?: number | undefined;
};

/** `E` is an event with what the relay tells of it beside what every queue needs. */
export type SubscriptionTo<E extends OutboxEvent> = Subscription & {
  /** Whether the event gives it anything to do; without it, every one. Most bookings are nobody's calendar's: a job costs more than a booking. */
  when?: ((event: E) => boolean) | undefined;
};

/** A safety net that runs by itself every so often; at most once at a time over all instances that share the cache. */
export type PeriodicTask = { name: string; everySeconds: number; run(signal: AbortSignal): Promise<void> };

export type Workers<E extends OutboxEvent = OutboxEvent> = {
  subscriptions: Record<string, SubscriptionTo<E>>;
  periodic: readonly PeriodicTask[];
};

export type OutboxEvent = { id: string; orgId: string; kind: string; subjectId: string };

/** Hands unrelayed events to `deliver` and marks them when it returns; answers how many there were. */
export type Relay<E extends OutboxEvent = OutboxEvent> = (
  limit: number,
  deliver: (events: E[]) => Promise<void>,
) => Promise<number>;

export type DeadJob = JobRef & {
  id: string;
  job: string;
  /** The last failure in one line. */
  error: string;
  /** How often it was tried. */
  attempts: number;
  failedAt: Date;
};

export interface Jobs {
  /** Installs what is missing and starts the queue; with `loops` also the worker, the relay and the periodic tasks. Idempotent. */
  start(options?: { loops?: boolean }): Promise<void>;
  /** Says that events were committed. Returns at once; never call it to wait for anything. */
  poke(): void;
  /** Hands every unrelayed event to the queues now; answers how many there were. */
  relay(): Promise<number>;
  /** Runs what is due until nothing is left or the time is over. For a scheduler that calls from outside. */
  drain(options: { budgetMs: number }): Promise<{ done: number; failed: number }>;
  /** Runs a periodic task now; false when there is none of that name. */
  runPeriodic(name: string, options: { budgetMs: number }): Promise<boolean>;
  /** Throws when the queue cannot be used. */
  check(): Promise<void>;
  /** Jobs of the organisation that failed for good, newest first. */
  listDeadJobs(orgId: string): Promise<DeadJob[]>;
  /** Puts a dead job back into its queue with all its tries; false when the organisation has no such job. */
  replayDeadJob(orgId: string, id: string): Promise<boolean>;
  /** Takes no more work, waits up to 2 s for what runs, gives the rest back to the queue. */
  stop(): Promise<void>;
}
