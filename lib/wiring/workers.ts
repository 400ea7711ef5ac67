import "server-only";
import type { UnrelayedEvent } from "@/db/system";
import type { EventKind } from "@/lib/events";
import type { JobRef } from "@/lib/platform/jobs";
import type { App } from "./app";
import { billingSubscriptions, billingTasks } from "./billing-workers";
import { calendarSubscriptions, calendarTasks } from "./calendar-workers";
import { reminderSubscriptions, reminderTasks } from "./reminder-workers";
import { schedulingTasks } from "./scheduling-workers";
import { voiceSubscriptions, voiceTasks } from "./voice-workers";
import { waitlistSubscriptions, waitlistTasks } from "./waitlist-workers";

export type WorkerSubscription = {
  on: readonly EventKind[];
  when?: (event: UnrelayedEvent) => boolean;
  /** At least once per event; must recognise what it has done already. Build the context with `contextFor(app, ref.orgId, …)`. */
  run(app: App, ref: JobRef, signal: AbortSignal): Promise<void>;
  concurrency?: number;
  maxSeconds?: number;
  retries?: number;
};

export type WorkerTask = { name: string; everySeconds: number; run(app: App, signal: AbortSignal): Promise<void> };

/** What happens after an event was committed. The key names the job and its queue: renaming one abandons what is queued under it. */
export const subscriptions: Record<string, WorkerSubscription> = {
  ...voiceSubscriptions,
  ...calendarSubscriptions,
  ...waitlistSubscriptions,
  ...reminderSubscriptions,
  ...billingSubscriptions,
};

/** Safety nets: a server runs them by itself, elsewhere `/api/cron/<name>` does. */
export const periodic: WorkerTask[] = [
  ...voiceTasks,
  ...calendarTasks,
  ...schedulingTasks,
  ...waitlistTasks,
  ...reminderTasks,
  ...billingTasks,
];
