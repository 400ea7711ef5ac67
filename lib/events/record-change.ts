import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sendBehind } from "@/db/tenant";
import type { Actor, Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import type { EventKind } from "./schemas";

export type Change = {
  /** Verb in the past: "booking.created". Also the event's kind unless `event` says otherwise. */
  action: EventKind;
  subject: { kind: string; id: string };
  /** What changed, safe to show to a member: no secrets. */
  changes?: Record<string, unknown>;
  /** What readers of the stream and of outgoing webhooks get. */
  payload?: Record<string, unknown>;
};

/**
 * Writes the audit row and the outbox event of a change in the change's own transaction, by a statement that nobody waits for.
 * Returns the event's id.
 */
export async function recordChange(ctx: Context, tx: Tx, change: Change): Promise<string> {
  const eventId = newId("event");
  const actor = describeActor(ctx.actor);
  await sendBehind(
    tx,
    sql`insert into audit_entries (id, org_id, actor_kind, actor_id, actor_label, action, subject_kind, subject_id, changes, created_at)
      values (${newId("audit")}, ${ctx.orgId}, ${ctx.actor.kind}, ${actor.id}, ${actor.label}, ${change.action}, ${change.subject.kind},
        ${change.subject.id}, ${JSON.stringify(change.changes ?? {})}::jsonb, ${ctx.clock.now().toISOString()}::timestamptz)`,
    sql`insert into events (id, org_id, kind, subject_id, payload)
    values (${eventId}, ${ctx.orgId}, ${change.action}, ${change.subject.id}, ${JSON.stringify(change.payload ?? {})}::jsonb)`,
  );
  return eventId;
}

/** An event without an audit row: for what a provider tells us (turns, states), which nobody of ours has decided. */
export async function publishEvent(
  ctx: Context,
  tx: Tx,
  event: { kind: EventKind; subjectId: string; payload?: Record<string, unknown> },
): Promise<string> {
  const id = newId("event");
  await sendBehind(
    tx,
    sql`insert into events (id, org_id, kind, subject_id, payload)
    values (${id}, ${ctx.orgId}, ${event.kind}, ${event.subjectId}, ${JSON.stringify(event.payload ?? {})}::jsonb)`,
  );
  return id;
}

export function describeActor(actor: Actor): { id: string | null; label: string } {
  switch (actor.kind) {
    case "member":
    case "operator":
      return { id: actor.userId, label: actor.label };
    case "agent":
      return { id: actor.callId, label: actor.label };
    case "apiKey":
      return { id: actor.keyId, label: actor.label };
    case "contact":
      return { id: actor.contactId, label: actor.label };
    case "webhook":
      return { id: actor.connectionId, label: actor.provider };
    case "system":
      return { id: null, label: actor.job };
  }
}
