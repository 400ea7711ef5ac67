import type { JobInsert, PgBoss } from "pg-boss";
import { jobId } from "./job-id";
import type { OutboxEvent, SubscriptionTo } from "./types";

/** Queues a job for every subscription of every event; one that is there already is left alone. Answers which queues were written to. */
export async function deliver<E extends OutboxEvent>(
  boss: PgBoss,
  subscriptions: Record<string, SubscriptionTo<E>>,
  events: E[],
): Promise<string[]> {
  const queues: string[] = [];
  for (const [job, { on, when }] of Object.entries(subscriptions)) {
    const inserts = events
      .filter((event) => on.includes(event.kind) && (when?.(event) ?? true))
      .map(
        (event): JobInsert => ({
          id: jobId(event.id, job),
          data: { orgId: event.orgId, subjectId: event.subjectId, eventId: event.id },
        }),
      );
    if (inserts.length === 0) continue;
    await boss.insert(job, inserts, { returnId: false });
    queues.push(job);
  }
  return queues;
}
