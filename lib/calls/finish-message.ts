import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { CallOutcome } from "@/db/schema";
import { sendBehind } from "@/db/tenant";
import type { EventKind } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import type { SaidTurn, ToolRequest, ToolResult } from "./ports";
import type { CallState } from "./rules/call-facts";

export type CallPatch = CallState & {
  contactId: string | null;
  durationSeconds: number | null;
  outcome: CallOutcome | null;
  needsReview: boolean | undefined;
  reconcileAfter: Date | null;
  /** undefined leaves what is there. */
  summary?: string | undefined;
  transcript?: string | undefined;
  costMicros?: number | undefined;
  costBreakdown?: object | undefined;
};

export type ToolDone = {
  request: ToolRequest;
  result: ToolResult;
  durationMs: number;
  /** Milliseconds from the start of the call. */
  offsetMs: number | null;
};

export type Finish = {
  callId: string;
  /** undefined: the message changes nothing of the call itself. */
  patch: CallPatch | undefined;
  turns: { turn: SaidTurn; source: "live" | "report"; dedupeKey: string }[];
  toolResults: ToolDone[];
  events: { kind: EventKind; payload: Record<string, unknown> }[];
};

/** Everything a message changes, sent with the commit. Most of what is said in a call leaves its row as it is. */
export async function finishMessage(ctx: Context, tx: Tx, finish: Finish): Promise<void> {
  const { callId, patch } = finish;
  const now = at(ctx.clock.now());
  const parts: SQL[] = [];
  if (finish.turns.length > 0) parts.push(insertTurns(ctx, finish, now));
  if (finish.toolResults.length > 0) parts.push(insertTools(ctx, finish, now));
  if (finish.events.length > 0) parts.push(insertEvents(ctx, finish));
  if (patch) parts.push(updateCall(ctx, callId, patch, now));
  await sendBehind(tx, ...parts);
}

const updateCall = (ctx: Context, callId: string, patch: CallPatch, now: SQL): SQL => sql`
  update calls set status = ${patch.status}, from_number = ${patch.fromNumber}, to_number = ${patch.toNumber},
    contact_id = ${patch.contactId}, started_at = ${at(patch.startedAt)}, answered_at = ${at(patch.answeredAt)},
    ended_at = ${at(patch.endedAt)}, ended_reason = ${patch.endedReason}, duration_seconds = ${patch.durationSeconds}::int,
    outcome = ${patch.outcome}, reported = ${patch.isReported}, reconcile_after = ${at(patch.reconcileAfter)}, updated_at = ${now}
    ${patch.needsReview === undefined ? sql`` : sql`, needs_review = ${patch.needsReview}`}
    ${patch.summary === undefined ? sql`` : sql`, summary = ${patch.summary}`}
    ${patch.transcript === undefined ? sql`` : sql`, transcript = ${patch.transcript}`}
    ${patch.costMicros === undefined ? sql`` : sql`, cost_micros = ${patch.costMicros}::bigint`}
    ${patch.costBreakdown === undefined ? sql`` : sql`, cost_breakdown = ${JSON.stringify(patch.costBreakdown)}::jsonb`}
  where id = ${callId} and org_id = ${ctx.orgId}`;

function insertTurns(ctx: Context, finish: Finish, now: SQL): SQL {
  const rows = finish.turns.map(({ turn, source, dedupeKey }) => ({
    id: newId("turn"),
    role: turn.role,
    text: turn.text,
    offset_ms: turn.offsetMs,
    duration_ms: turn.durationMs ?? null,
    source,
    dedupe_key: dedupeKey,
  }));
  return sql`
    insert into turns (id, org_id, call_id, role, text, offset_ms, duration_ms, source, dedupe_key, created_at)
    select said.id, ${ctx.orgId}, ${finish.callId}, said.role, said.text, said.offset_ms, said.duration_ms, said.source, said.dedupe_key, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as said(id text, role text, text text, offset_ms int, duration_ms int, source text, dedupe_key text)
    on conflict (call_id, dedupe_key) do nothing`;
}

/** The call's row is locked and a request that has its row is not run again: nothing here can be there already. */
function insertTools(ctx: Context, finish: Finish, now: SQL): SQL {
  const rows = finish.toolResults.map(({ request, result, durationMs, offsetMs }) => ({
    id: newId("toolCall"),
    external_id: request.id,
    name: request.name,
    arguments: request.arguments ?? {},
    status: result.status,
    result: { say: result.say, data: result.data, offers: result.offers },
    offset_ms: offsetMs,
    duration_ms: Math.round(durationMs),
  }));
  return sql`
    insert into tool_calls (id, org_id, call_id, external_id, name, arguments, status, result, offset_ms, duration_ms, created_at)
    select done.id, ${ctx.orgId}, ${finish.callId}, done.external_id, done.name, done.arguments, done.status, done.result, done.offset_ms,
      done.duration_ms, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as done(id text, external_id text, name text, arguments jsonb, status text,
      result jsonb, offset_ms int, duration_ms int)`;
}

function insertEvents(ctx: Context, finish: Finish): SQL {
  const rows = finish.events.map((event) => ({ id: newId("event"), kind: event.kind, payload: event.payload }));
  return sql`
    insert into events (id, org_id, kind, subject_id, payload)
    select told.id, ${ctx.orgId}, told.kind, ${finish.callId}, told.payload
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told(id text, kind text, payload jsonb)`;
}

const at = (instant: Date | null): SQL => sql`${instant ? instant.toISOString() : null}::timestamptz`;
