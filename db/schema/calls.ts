import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, tsvector, updatedAt } from "./columns";

export type CallStatus = "queued" | "ringing" | "in_progress" | "forwarding" | "ended";
export type CallOutcome =
  | "booked"
  | "rescheduled"
  | "cancelled"
  | "message"
  | "transferred"
  | "answered"
  | "missed"
  | "failed";
export type CallKind = "phone" | "web" | "test";
export type ToolCallStatus = "ok" | "refused" | "failed";
export type RecordingState = "pending" | "stored" | "failed" | "absent" | "deleted";
/** Micro-units (10^-6) of the provider's billing currency (Vapi: US dollars). */
export type CostBreakdown = {
  transport?: number;
  transcriber?: number;
  model?: number;
  voice?: number;
  platform?: number;
  analysis?: number;
  other?: number;
};

export const calls = pgTable(
  "calls",
  {
    id: id(),
    orgId: orgId(),
    connectionId: text("connection_id").notNull(),
    externalId: text("external_id").notNull(),
    agentId: text("agent_id"),
    agentVersionId: text("agent_version_id"),
    contactId: text("contact_id"),
    direction: text("direction").$type<"inbound" | "outbound">().notNull().default("inbound"),
    kind: text("kind").$type<CallKind>().notNull().default("phone"),
    status: text("status").$type<CallStatus>().notNull(),
    fromNumber: text("from_number"),
    toNumber: text("to_number"),
    /** When the provider first told of it; never null, the list is ordered by it. */
    startedAt: at("started_at").notNull(),
    answeredAt: at("answered_at"),
    endedAt: at("ended_at"),
    durationSeconds: integer("duration_seconds"),
    endedReason: text("ended_reason"),
    outcome: text("outcome").$type<CallOutcome>(),
    outcomeCorrectedBy: text("outcome_corrected_by"),
    summary: text("summary").notNull().default(""),
    summaryCorrectedBy: text("summary_corrected_by"),
    transcript: text("transcript").notNull().default(""),
    costMicros: bigint("cost_micros", { mode: "number" }),
    costBreakdown: jsonb("cost_breakdown").$type<CostBreakdown>(),
    /** True once the end-of-call report (or the provider's API) has been applied. */
    reported: boolean("reported").notNull().default(false),
    lastEventAt: at("last_event_at").notNull(),
    reconcileAfter: at("reconcile_after"),
    reconcileAttempts: integer("reconcile_attempts").notNull().default(0),
    needsReview: boolean("needs_review").notNull().default(false),
    erasedAt: at("erased_at"),
    /** It came while its organisation was limited, or had as many calls as its plan allows: a message could be left, and it costs nothing. */
    isLimited: boolean("is_limited").notNull().default(false),
    search: tsvector("search").generatedAlwaysAs(
      sql`to_tsvector('simple', coalesce(summary, '') || ' ' || coalesce(transcript, ''))`,
    ),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("calls_org_id_id_key").on(t.orgId, t.id),
    uniqueIndex("calls_external_key").on(t.connectionId, t.externalId),
    index("calls_page").on(t.orgId, t.startedAt, t.id),
    index("calls_status_page").on(t.orgId, t.status, t.startedAt, t.id),
    index("calls_outcome_page").on(t.orgId, t.outcome, t.startedAt, t.id),
    index("calls_contact").on(t.orgId, t.contactId, t.startedAt),
    index("calls_reconcile").on(t.reconcileAfter).where(sql`reconcile_after is not null`),
    index("calls_search").using("gin", t.orgId, t.search),
    index("calls_phone_suffix").on(t.orgId, sql`reverse(from_number) text_pattern_ops`),
  ],
);

/** One utterance. Live ones are replaced by the report's when it arrives. */
export const turns = pgTable(
  "turns",
  {
    id: id(),
    orgId: orgId(),
    callId: text("call_id").notNull(),
    role: text("role").$type<"agent" | "caller">().notNull(),
    text: text("text").notNull(),
    /** Milliseconds from the start of the recording. */
    offsetMs: integer("offset_ms").notNull(),
    durationMs: integer("duration_ms"),
    source: text("source").$type<"live" | "report">().notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("turns_dedupe_key").on(t.callId, t.dedupeKey),
    index("turns_call").on(t.orgId, t.callId, t.offsetMs, t.id),
  ],
);

/** A tool call is claimed by (call, the provider's tool call id): the row is the claim and keeps the first result. */
export const toolCalls = pgTable(
  "tool_calls",
  {
    id: id(),
    orgId: orgId(),
    callId: text("call_id").notNull(),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    arguments: jsonb("arguments").$type<Record<string, unknown>>().notNull(),
    result: jsonb("result").$type<{ say: string; data?: unknown; offers?: unknown }>(),
    status: text("status").$type<ToolCallStatus>().notNull(),
    offsetMs: integer("offset_ms"),
    durationMs: integer("duration_ms"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("tool_calls_claim_key").on(t.callId, t.externalId),
    index("tool_calls_call").on(t.orgId, t.callId, t.createdAt),
  ],
);

export const recordings = pgTable(
  "recordings",
  {
    id: id(),
    orgId: orgId(),
    callId: text("call_id").notNull(),
    state: text("state").$type<RecordingState>().notNull(),
    blobKey: text("blob_key"),
    contentType: text("content_type"),
    bytes: integer("bytes"),
    durationMs: integer("duration_ms"),
    channels: integer("channels"),
    /** Per channel, 0–100, evenly spaced over the recording: drawn before the audio is loaded. */
    peaks: jsonb("peaks").$type<number[][]>(),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    storedAt: at("stored_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("recordings_call_key").on(t.callId), index("recordings_org").on(t.orgId)],
);

/** What a person still has to do because of a call. */
export const followUps = pgTable(
  "follow_ups",
  {
    id: id(),
    orgId: orgId(),
    callId: text("call_id"),
    contactId: text("contact_id"),
    kind: text("kind").$type<"message" | "callback" | "handover">().notNull(),
    text: text("text").notNull(),
    callerName: text("caller_name").notNull().default(""),
    callerPhone: text("caller_phone"),
    urgent: boolean("urgent").notNull().default(false),
    doneAt: at("done_at"),
    doneBy: text("done_by"),
    createdAt: createdAt(),
  },
  (t) => [
    index("follow_ups_open").on(t.orgId, t.createdAt).where(sql`done_at is null`),
    index("follow_ups_call").on(t.orgId, t.callId),
  ],
);
