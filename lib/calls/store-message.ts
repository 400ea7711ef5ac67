import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { CallOutcome, CallStatus } from "@/db/schema";
import { askAhead } from "@/db/tenant";
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

type Row = Record<string, unknown>;

export type Stored = {
  /** undefined: this message was here before, or belongs to an erased call. */
  inboxId: string | undefined;
  call: LockedCall | undefined;
  /** Ids of the tool calls that this message is the first to ask for: while the call is locked, nobody else runs them. */
  claimed: Set<string>;
  /** What the call's agent version was given; undefined for a call without one. */
  tools: readonly string[] | undefined;
};

/**
 * Writes a message into the inbox as processed (what follows in the transaction processes it, or nothing of it is kept), finds or makes and
 * locks its call, and tells which of its tool calls nobody has run. Deliveries of one message at the same time wait for each other here; the
 * later one finds nothing left to do. `isSeen`: this process knows the call, so that it need not be made.
 */
export async function storeMessage(
  ctx: Context,
  tx: Tx,
  source: MessageSource,
  message: ProviderMessage,
  raw: string,
  { requests = [], isSeen = false }: { requests?: readonly ToolRequest[]; isSeen?: boolean } = {},
): Promise<Stored> {
  const now = ctx.clock.now();
  if (!message.call) {
    const { rows } = await tx.execute(sql`
      insert into inbox_events (id, org_id, connection_id, kind, dedupe_key, body, received_at, processed_at)
      values (${newId("inbox")}, ${ctx.orgId}, ${source.id}, ${message.type}, ${message.dedupeKey}, ${raw}, ${at(now)}, ${at(now)})
      on conflict (connection_id, dedupe_key) do nothing returning id`);
    return {
      inboxId: rows.length > 0 ? (rows[0] as { id: string }).id : undefined,
      call: undefined,
      claimed: new Set(),
      tools: undefined,
    };
  }
  const lock = isSeen ? touchCall(source, message.call, now) : upsertCall(ctx, source, message.call, now);
  const stored = await (requests.length > 0
    ? withTools(ctx, tx, source, message, raw, { requests, lock })
    : alone(ctx, tx, source, message, raw, lock));
  if (!stored.call && isSeen) return storeMessage(ctx, tx, source, message, raw, { requests });
  return stored;
}

async function alone(
  ctx: Context,
  tx: Tx,
  source: MessageSource,
  message: ProviderMessage,
  raw: string,
  lock: SQL,
): Promise<Stored> {
  const { rows } = await tx.execute(sql`
    with call as (${lock}), inbox as (${insertInbox(ctx, source, message, raw)})
    select call.*, (select id from inbox) as inbox_id from call`);
  const row = rows[0] as Row | undefined;
  return {
    inboxId: (row?.inbox_id as string | null | undefined) ?? undefined,
    call: row && lockedCall(row),
    claimed: new Set(),
    tools: undefined,
  };
}

/** Two statements, the second sent with the first on its way: it sees what whoever held the call before has kept. */
async function withTools(
  ctx: Context,
  tx: Tx,
  source: MessageSource,
  message: ProviderMessage,
  raw: string,
  { requests, lock }: { requests: readonly ToolRequest[]; lock: SQL },
): Promise<Stored> {
  const wanted = [...new Set(requests.map((request) => request.id))];
  const [locked, stored] = await Promise.all([
    askAhead(tx, lock),
    tx.execute(sql`
      with call as (select id, erased_at, agent_version_id from calls
        where connection_id = ${source.id} and external_id = ${message.call?.externalId ?? ""}),
      inbox as (${insertInbox(ctx, source, message, raw)})
      select (select id from inbox) as inbox_id, (select settings->'tools' from agent_versions v where v.id = call.agent_version_id) as tools,
        array(select t.external_id from tool_calls t where t.call_id = call.id and t.external_id = any (${sql.param(wanted)}::text[])) as done
      from call`),
  ]);
  const call = locked.rows[0] as Row | undefined;
  const row = stored.rows[0] as { inbox_id: string | null; tools: string[] | null; done: string[] } | undefined;
  const done = new Set(row?.done);
  return {
    inboxId: row?.inbox_id ?? undefined,
    call: call && lockedCall(call),
    claimed: new Set(call?.erased_at ? [] : wanted.filter((id) => !done.has(id))),
    tools: row?.tools ?? undefined,
  };
}

/** Of the call that `call` names in the statement around it; nothing for an erased one, nothing the second time. */
function insertInbox(ctx: Context, source: MessageSource, message: ProviderMessage, raw: string): SQL {
  const now = at(ctx.clock.now());
  return sql`
    insert into inbox_events (id, org_id, connection_id, call_external_id, call_id, kind, dedupe_key, body, received_at, processed_at, attempts)
    select ${newId("inbox")}, ${ctx.orgId}, ${source.id}, ${message.call?.externalId ?? null}, call.id, ${message.type}, ${message.dedupeKey},
      ${raw}, ${now}, ${now}, 1
    from call where call.erased_at is null
    on conflict (connection_id, dedupe_key) do nothing returning id`;
}

/** Finds or makes the call that a message or the provider's API speaks of, and locks it. */
export async function lockCall(ctx: Context, tx: Tx, source: MessageSource, call: CallFacts): Promise<LockedCall> {
  const { rows } = await tx.execute(upsertCall(ctx, source, call, ctx.clock.now()));
  return lockedCall(rows[0] as Row);
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
    returning ${columns}, (xmax = 0) as is_new`;
}

/** Locks a call that is known to be there: a third of what making it or finding it costs. */
const touchCall = (source: MessageSource, call: CallFacts, now: Date): SQL => sql`
  update calls set last_event_at = greatest(last_event_at, ${at(now)})
  where connection_id = ${source.id} and external_id = ${call.externalId} returning ${columns}, false as is_new`;

const columns =
  sql.raw(`id, status, from_number, to_number, agent_id, agent_version_id, contact_id, started_at, answered_at, ended_at,
  ended_reason, duration_seconds, outcome, outcome_corrected_by, summary_corrected_by, reported, reconcile_after, erased_at`);

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;
const date = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string);

function lockedCall(row: Row): LockedCall {
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
