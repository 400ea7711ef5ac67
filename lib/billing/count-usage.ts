import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { type Line, type Posting, postingParts } from "@/lib/ledger";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { meterPart } from "./meter/queue-usage";
import { believableTimes } from "./rules/believable-times";
import { type Counted, countCall, type EndedCall, heardEnd, RULE_VERSION } from "./rules/billable-minutes";

type Call = EndedCall & { agentId: string | null; costMicros: bigint; isErased: boolean };
type Before = Pick<Counted, "minutes" | "seconds" | "unbilled"> & {
  revision: number;
  costMicros: bigint;
  effectiveAt: Date;
};

const NOTHING_BEFORE = { revision: -1, minutes: 0, costMicros: 0n };

/**
 * Counts a call that has ended, once: its usage record, its entries and what the engine is to be told are one statement. Called again it changes nothing unless the call's
 * facts have changed meanwhile (a report that came late); then the difference is a correction in the period of the first count.
 * "skipped": the call has not ended or is not there. An erased call counts by its times, as they were when it was counted first; what it cost may still change.
 */
export async function countUsage(
  ctx: Context,
  callId: string,
): Promise<"counted" | "corrected" | "unchanged" | "skipped"> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx) => {
    const found = await load(ctx, tx, callId);
    if (!found) return "skipped";
    const { call, before } = found;
    const counted = before && call.isErased ? before : countCall(call);
    const effectiveAt = before?.effectiveAt ?? heardEnd(call) ?? ctx.clock.now();
    if (before && isSame(before, counted, call)) return "unchanged";
    const { revision, minutes, costMicros } = before ?? NOTHING_BEFORE;
    const lines = [
      ...moved("billing.minutes_used", "billing.minutes_given", "minutes", BigInt(counted.minutes - minutes)),
      ...moved("billing.provider_cost", "billing.provider_payable", "usd_micros", call.costMicros - costMicros),
    ];
    const record = sql`record as (
      insert into usage_records (id, org_id, call_id, revision, agent_id, seconds, minutes, unbilled, rule_version, cost_micros, effective_at, created_at)
      values (${newId("usageRecord")}, ${ctx.orgId}, ${callId}, ${revision + 1}, ${call.agentId}, ${counted.seconds}, ${counted.minutes},
        ${counted.unbilled}, ${RULE_VERSION}, ${call.costMicros.toString()}::bigint, ${effectiveAt.toISOString()}::timestamptz,
        ${ctx.clock.now().toISOString()}::timestamptz)
      on conflict (org_id, call_id, revision) do nothing returning id)`;
    const posting: Posting = { cause: { kind: "call", id: callId, occasion: revision + 1 }, effectiveAt, lines };
    const difference = counted.minutes - minutes;
    const event = { callId, revision: revision + 1, difference, effectiveAt, isReported: call.isReported };
    const parts = sql.join(
      [
        record,
        ...(lines.length > 0 ? [postingParts(ctx, posting, sql`record`)] : []),
        ...(difference === 0 ? [] : [meterPart(ctx, event, sql`record`)]),
      ],
      sql`, `,
    );
    const { rows } = await tx.execute(sql`with ${parts} select id from record`);
    // Somebody else counted it at the same moment; what they saw of it is looked at when the report is applied.
    if (rows.length === 0) return "unchanged";
    await publishEvent(ctx, tx, { kind: "usage.counted", subjectId: callId, payload: { minutes: counted.minutes } });
    return before ? "corrected" : "counted";
  });
}

const isSame = (before: Before, counted: Counted, call: Call) =>
  before.minutes === counted.minutes &&
  before.seconds === counted.seconds &&
  before.unbilled === counted.unbilled &&
  before.costMicros === call.costMicros;

/** A line in whichever direction the difference has; none where there is none. */
function moved(debit: Line["debit"], credit: Line["credit"], unit: Line["unit"], difference: bigint): Line[] {
  if (difference === 0n) return [];
  return difference > 0n
    ? [{ debit, credit, unit, amount: difference }]
    : [{ debit: credit, credit: debit, unit, amount: -difference }];
}

/** The call's row is locked: two reports at the same moment are counted one after the other. */
async function load(
  ctx: Context,
  tx: Tx,
  callId: string,
): Promise<{ call: Call; before: Before | undefined } | undefined> {
  const { rows } = await tx.execute(sql`
    select k.kind, k.answered_at, k.ended_at, k.ended_reason, k.duration_seconds, k.reported, k.is_limited, k.agent_id, k.erased_at,
      coalesce(k.cost_micros, 0)::text as cost_micros,
      coalesce(seen.first_at, case when k.erased_at is not null then k.created_at end) as first_at, seen.last_at,
      (select max(t.created_at) from tool_calls t where t.org_id = k.org_id and t.call_id = k.id) as last_tool_at,
      (select max(t.created_at) from turns t where t.org_id = k.org_id and t.call_id = k.id and t.source = 'live') as last_turn_at
    from calls k left join lateral (select min(i.received_at) as first_at, max(i.received_at) as last_at from inbox_events i
      where i.org_id = k.org_id and i.call_id = k.id) seen on true
    where k.org_id = ${ctx.orgId} and k.id = ${callId} and k.status = 'ended' for update of k`);
  const row = rows[0] as Record<string, unknown> | undefined;
  if (!row) return undefined;
  const firstAt = date(row.first_at);
  const lastAt = date(row.last_at);
  const told = { answeredAt: date(row.answered_at), endedAt: date(row.ended_at) };
  const seen = {
    firstAt,
    lastAt: lastAt ?? date(row.erased_at),
    lastTurnAt: firstAt && date(row.last_turn_at),
    lastToolAt: firstAt && date(row.last_tool_at),
  };
  const call: Call = {
    ...believableTimes(told, seen),
    kind: row.kind as Call["kind"],
    endedReason: row.ended_reason as string | null,
    durationSeconds: row.duration_seconds as number | null,
    isReported: row.reported === true,
    isLimited: row.is_limited === true,
    lastHeardAt: row.reported === true ? null : lastAt,
    agentId: row.agent_id as string | null,
    costMicros: BigInt(row.cost_micros as string),
    isErased: row.erased_at !== null,
  };
  // A subscription that begins in the same moment is either seen by this count, or sees it: what is counted between the two is not lost.
  // Waited for by itself: within a WITH whose parts nobody reads, no row would be locked.
  await tx.execute(sql`select from subscriptions where org_id = ${ctx.orgId} for share`);
  const latest = await tx.execute(sql`
    select revision, minutes, seconds, unbilled, coalesce(cost_micros, 0)::text as cost_micros, effective_at from usage_records
    where org_id = ${ctx.orgId} and call_id = ${callId} order by revision desc limit 1`);
  const last = latest.rows[0] as Record<string, unknown> | undefined;
  return { call, before: last && beforeOf(last) };
}

const beforeOf = (row: Record<string, unknown>): Before => ({
  revision: row.revision as number,
  minutes: row.minutes as number,
  seconds: row.seconds as number,
  unbilled: row.unbilled as Before["unbilled"],
  costMicros: BigInt(row.cost_micros as string),
  effectiveAt: new Date(row.effective_at as string),
});

const date = (value: unknown): Date | null => (value == null ? null : new Date(value as string));
