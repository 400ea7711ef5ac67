import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { byEngine, charges } from "../meter/queue-usage";
import type { ComparedCall } from "../rules/call-differences";

const HOUR_MS = 3_600_000;
/** Calls are counted within minutes of what is heard of them last; the provider's own sweep asks for those that are not reported. */
export const SETTLE_MS = HOUR_MS;
/** No provider lets a call fall silent so long. */
const SILENT_MS = 6 * HOUR_MS;

/** Calls whose end, or last sign of life, lies in a span and long enough ago for everything of them to have been settled. */
export async function loadCalls(ctx: Context, { from, to }: { from: Date; to: Date }): Promise<ComparedCall[]> {
  const at = (time: Date | number) => sql`${new Date(time).toISOString()}::timestamptz`;
  const now = ctx.clock.now().getTime();
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      with seen as (
        select k.id, k.status, k.reported or k.erased_at is not null as reported, k.erased_at is not null as erased, k.ended_reason, k.cost_micros, coalesce(k.ended_at, k.last_event_at) as at
        from calls k where k.org_id = ${ctx.orgId}
          and coalesce(k.ended_at, k.last_event_at) >= ${at(from)} and coalesce(k.ended_at, k.last_event_at) < ${at(to)}
          and (case when k.status = 'ended' then greatest(k.ended_at, k.last_event_at) < ${at(now - SETTLE_MS)} else k.last_event_at < ${at(now - SILENT_MS)} end)
      ), entries as (
        select e.cause_id,
          coalesce(sum(case when e.debit_account = 'billing.minutes_used' then e.amount when e.credit_account = 'billing.minutes_used' then -e.amount end), 0)::int as minutes,
          coalesce(sum(case when e.debit_account = 'billing.provider_cost' then e.amount when e.credit_account = 'billing.provider_cost' then -e.amount end), 0)::text as cost
        from ledger_entries e where e.org_id = ${ctx.orgId} and e.cause_kind = 'call' and e.cause_id in (select id from seen) group by 1
      ), book as (
        select m.call_id, coalesce(sum(m.minutes) filter (where m.state in ('sent', 'credited')), 0)::int as minutes,
          bool_or(m.state in ('pending', 'cancelling', 'refused', 'given_up')) as is_unsettled
        from meter_events m where m.org_id = ${ctx.orgId} and m.call_id in (select id from seen) group by 1
      )
      select seen.id, seen.at, seen.status, seen.reported, seen.ended_reason, seen.cost_micros::text as cost_micros, r.minutes,
        case when seen.reported and not seen.erased and coalesce(r.unbilled, '') not in ('test_call', 'limited', 'our_failure')
          then r.seconds end as reported_seconds, coalesce(e.minutes, 0) as ledger_minutes, coalesce(e.cost, '0') as ledger_cost,
        case when ${charges(byEngine(sql`r.effective_at`, ctx.clock.now()))}
          then coalesce(b.minutes, 0) end as at_engine, coalesce(b.is_unsettled, false) as is_unsettled
      from seen left join lateral (select u.minutes, u.seconds, u.unbilled, u.effective_at from usage_records u
          where u.org_id = ${ctx.orgId} and u.call_id = seen.id order by u.revision desc limit 1) r on true
        left join entries e on e.cause_id = seen.id left join book b on b.call_id = seen.id
        left join subscriptions s on s.org_id = ${ctx.orgId}
      order by seen.at, seen.id`),
  );
  return (rows as Record<string, unknown>[]).map((row) => ({
    callId: row.id as string,
    at: new Date(row.at as string),
    state: row.status !== "ended" ? "open" : isGivenUp(row) ? "given_up" : "ended",
    minutes: row.minutes as number | null,
    ledgerMinutes: row.ledger_minutes as number,
    atEngine: row.at_engine as number | null,
    isUnsettled: row.is_unsettled === true,
    reportedSeconds: row.reported_seconds as number | null,
    costMicros: row.cost_micros === null ? null : BigInt(row.cost_micros as string),
    ledgerCostMicros: BigInt(row.ledger_cost as string),
  }));
}

/** What lib/calls/reconcile-call.ts ended because nobody could say how it ended. */
const isGivenUp = (row: Record<string, unknown>): boolean =>
  row.reported !== true && (row.ended_reason === "unknown" || row.ended_reason === "not-found");
