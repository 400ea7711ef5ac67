import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, xid8 } from "./columns";

/** The outbox: written in the transaction of the change it tells of. Readers follow (tx, seq). */
export const events = pgTable(
  "events",
  {
    id: id(),
    orgId: orgId(),
    tx: xid8("tx").notNull().default(sql`pg_current_xact_id()`),
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity(),
    kind: text("kind").notNull(),
    subjectId: text("subject_id").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    relayedAt: at("relayed_at"),
  },
  (t) => [
    index("events_stream").on(t.orgId, t.tx, t.seq),
    index("events_subject").on(t.orgId, t.subjectId, t.tx, t.seq),
    index("events_unrelayed").on(t.tx, t.seq).where(sql`relayed_at is null`),
  ],
);

/** What providers sent, raw, stored before it is acknowledged. */
export const inboxEvents = pgTable(
  "inbox_events",
  {
    id: id(),
    orgId: orgId(),
    connectionId: text("connection_id").notNull(),
    callExternalId: text("call_external_id"),
    callId: text("call_id"),
    kind: text("kind").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    body: text("body").notNull(),
    receivedAt: at("received_at").notNull(),
    processedAt: at("processed_at"),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
  },
  (t) => [
    uniqueIndex("inbox_events_dedupe_key").on(t.connectionId, t.dedupeKey),
    index("inbox_events_call").on(t.orgId, t.callId, t.receivedAt),
    index("inbox_events_received").on(t.orgId, t.receivedAt),
    index("inbox_events_unprocessed").on(t.receivedAt).where(sql`processed_at is null`),
  ],
);
