import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { CallOutcome, CallStatus } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import type { CallFacts, ProviderMessage, ToolRequest } from "./ports";

/** The connection a message came through. */
export type MessageSource = { id: string; agentId: string | null; timeZone: string };

/** The call as it stood before this message; its row is locked until the transaction ends. */
export type LockedCall = {
  id: string;
  isNew: boolean;
  status: CallStatus;
  fromNumber: string | null;
  toNumber: string | null;
  agentId: string | null;
  contactId: string | null;
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  endedReason: string | null;
  durationSeconds: number | null;
  outcome: CallOutcome | null;
  outcomeCorrectedBy: string | null;
  summaryCorrectedBy: string | null;
  isReported: boolean;
  reconcileAfter: Date | null;
  erasedAt: Date | null;
};

export type Stored = {
  /** undefined: this message was here before, or belongs to an erased call. */
  inboxId: string | undefined;
  call: LockedCall | undefined;
  /** Ids of the tool calls that this message is the first to ask for. */
  claimed: Set<string>;
  /** What the call's agent version was given; undefined for a call without one. */
  tools: readonly string[] | undefined;
};

/**
 * Writes a message into the inbox as processed (what follows in the transaction processes it, or nothing of it is kept), finds or makes and
 * locks its call, and claims its tool calls, all in one statement. Deliveries of one
 * message at the same time wait for each other here; the later one finds nothing left to do.
 */
export async function storeMessage(
  ctx: Context,
  tx: Tx,
  source: MessageSource,
  message: ProviderMessage,
  raw: string,
  requests: readonly ToolRequest[] = [],
): Promise<Stored> {
  const now = ctx.clock.now();
  const inboxId = newId("inbox");
  if (!message.call) {
    const { rows } = await tx.execute(sql`
      insert into inbox_events (id, org_id, connection_id, kind, dedupe_key, body, received_at, processed_at)
      values (${inboxId}, ${ctx.orgId}, ${source.id}, ${message.type}, ${message.dedupeKey}, ${raw}, ${at(now)}, ${at(now)})
      on conflict (connection_id, dedupe_key) do nothing returning id`);
    return { inboxId: rows.length > 0 ? inboxId : undefined, call: undefined, claimed: new Set(), tools: undefined };
  }
  const { rows } = await tx.execute(sql`
    with call as (${upsertCall(ctx, source, message.call, now)}),
    inbox as (
      insert into inbox_events (id, org_id, connection_id, call_external_id, call_id, kind, dedupe_key, body, received_at,
        processed_at, attempts)
      select ${inboxId}, ${ctx.orgId}, ${source.id}, ${message.call.externalId}, call.id, ${message.type}, ${message.dedupeKey}, ${raw}, ${at(now)},
        ${at(now)}, 1
      from call where call.erased_at is null
      on conflict (connection_id, dedupe_key) do nothing returning id
    )
    ${requests.length > 0 ? claims(ctx, message, requests, now) : sql``}
    select call.*, (select id from inbox) as inbox_id,
      ${requests.length > 0 ? sql`(select coalesce(jsonb_agg(external_id), '[]'::jsonb) from claim)` : sql`'[]'::jsonb`} as claimed
      ${requests.length > 0 ? sql`, (select settings->'tools' from agent_versions v where v.id = call.agent_version_id) as tools` : sql``}
    from call`);
  const row = rows[0] as Record<string, unknown>;
  return {
    inboxId: (row.inbox_id as string | null) ?? undefined,
    call: lockedCall(row),
    claimed: new Set(row.claimed as string[]),
    tools: (row.tools as string[] | null | undefined) ?? undefined,
  };
}

/** Finds or makes the call that a message or the provider's API speaks of, and locks it. */
export async function lockCall(ctx: Context, tx: Tx, source: MessageSource, call: CallFacts): Promise<LockedCall> {
  const { rows } = await tx.execute(upsertCall(ctx, source, call, ctx.clock.now()));
  return lockedCall(rows[0] as Record<string, unknown>);
}

function upsertCall(ctx: Context, source: MessageSource, call: CallFacts, now: Date): SQL {
  const startedAt = call.createdAt ?? call.answeredAt ?? now;
  const agent = call.phoneNumberExternalId
    ? sql`coalesce((select agent_id from phone_numbers where connection_id = ${source.id} and external_id = ${call.phoneNumberExternalId}), ${source.agentId})`
    : sql`${source.agentId}::text`;
  return sql`
    insert into calls (id, org_id, connection_id, external_id, agent_id, agent_version_id, direction, kind, status, from_number, to_number,
      started_at, last_event_at, created_at, updated_at)
    select ${newId("call")}, ${ctx.orgId}, ${source.id}, ${call.externalId}, a.agent_id,
      (select published_version_id from agents where id = a.agent_id), ${call.direction}, ${call.kind}, 'queued',
      ${call.fromNumber ?? null}, ${call.toNumber ?? null}, ${at(startedAt)}, ${at(now)}, ${at(now)}, ${at(now)}
    from (select ${agent} as agent_id) a
    on conflict (connection_id, external_id) do update set last_event_at = greatest(calls.last_event_at, excluded.last_event_at)
    returning id, status, from_number, to_number, agent_id, agent_version_id, contact_id, started_at, answered_at, ended_at, ended_reason, duration_seconds,
      outcome, outcome_corrected_by, summary_corrected_by, reported, reconcile_after, erased_at, (xmax = 0) as is_new`;
}

function claims(ctx: Context, message: ProviderMessage, requests: readonly ToolRequest[], now: Date): SQL {
  const offsetMs = message.body.kind === "tool_calls" ? (message.body.offsetMs ?? null) : null;
  const wanted = requests.map((request) => ({
    id: newId("toolCall"),
    external_id: request.id,
    name: request.name,
    arguments: request.arguments ?? {},
  }));
  return sql`, claim as (
    insert into tool_calls (id, org_id, call_id, external_id, name, arguments, status, offset_ms, created_at)
    select wanted.id, ${ctx.orgId}, call.id, wanted.external_id, wanted.name, wanted.arguments, 'running', ${offsetMs}::int, ${at(now)}
    from call, jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(id text, external_id text, name text, arguments jsonb)
    where call.erased_at is null
    on conflict (call_id, external_id) do nothing returning external_id
  )`;
}

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;
const date = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string);

function lockedCall(row: Record<string, unknown>): LockedCall {
  return {
    id: row.id as string,
    isNew: row.is_new === true,
    status: row.status as CallStatus,
    fromNumber: row.from_number as string | null,
    toNumber: row.to_number as string | null,
    agentId: row.agent_id as string | null,
    contactId: row.contact_id as string | null,
    startedAt: date(row.started_at) ?? new Date(0),
    answeredAt: date(row.answered_at),
    endedAt: date(row.ended_at),
    endedReason: row.ended_reason as string | null,
    durationSeconds: row.duration_seconds as number | null,
    outcome: row.outcome as CallOutcome | null,
    outcomeCorrectedBy: row.outcome_corrected_by as string | null,
    summaryCorrectedBy: row.summary_corrected_by as string | null,
    isReported: row.reported === true,
    reconcileAfter: date(row.reconcile_after),
    erasedAt: date(row.erased_at),
  };
}
