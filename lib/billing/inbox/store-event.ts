import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withSystem } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import type { BillingEvent } from "../ports";
import { eventKindOf } from "./event-kinds";

/**
 * Keeps an event's names, once. "known": it was here before, and nothing changes. "ignored": of a kind that nobody here works on; kept as done.
 * Nothing of its contents is kept: they may be old, and they may name people.
 */
export async function storeBillingEvent(
  { database, clock }: { database: Database; clock: Clock },
  event: BillingEvent & { isOurs: boolean },
): Promise<"stored" | "ignored" | "known"> {
  const isWorkedOn = event.isOurs && eventKindOf(event.kind) !== undefined;
  const now = clock.now().toISOString();
  const { rows } = await withSystem(database, (tx) =>
    tx.execute(sql`
      insert into billing_events (id, kind, object_ref, customer_ref, is_thin, happened_at, received_at, next_attempt_at, done_at, outcome)
      values (${event.id}, ${event.kind}, ${event.objectRef}, ${event.customerRef}, ${event.isThin},
        ${event.happenedAt.toISOString()}::timestamptz, ${now}::timestamptz, ${now}::timestamptz,
        ${isWorkedOn ? null : now}::timestamptz, ${isWorkedOn ? null : "ignored"})
      on conflict (id) do nothing returning id`),
  );
  if (rows.length === 0) return "known";
  return isWorkedOn ? "stored" : "ignored";
}
