import { type SQL, sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { UNREPORTED_WAIT_MS } from "../rules/meter-times";

type Counted = { callId: string; revision: number; difference: number; effectiveAt: Date; isReported: boolean };

/** Of subscriptions `s`, those whose calls that end at `endedAt` are charged. */
export const charges = (endedAt: SQL): SQL =>
  sql`s.customer_ref is not null and s.billed_from <= ${endedAt} and (s.ended_at is null or ${endedAt} < s.ended_at)`;

/** When that is by the engine's clock: where its period has begun by one that is ahead of ours (`isAhead`), not before the period. */
export const byEngine = (endedAt: SQL, now: Date): SQL => sql`
  case when s.minutes_from <= ${endedAt} and s.period_starts_at > ${now.toISOString()}::timestamptz + interval '5 minutes'
    then greatest(${endedAt}, s.period_starts_at) else ${endedAt} end`;

/** INSERT, as part of a WITH, of the event that tells the engine of a count; nothing where nobody is charged for the call. `given` as in postings. */
export function meterPart(ctx: Context, counted: Counted, given: SQL): SQL {
  const now = ctx.clock.now();
  const { callId, revision, difference, isReported } = counted;
  const due = new Date(now.getTime() + (isReported ? 0 : UNREPORTED_WAIT_MS));
  const endedAt = byEngine(sql`${counted.effectiveAt.toISOString()}::timestamptz`, now);
  return sql`metered as (
    insert into meter_events (org_id, call_id, revision, identifier, minutes, state, next_attempt_at, effective_at, created_at, updated_at)
    select ${ctx.orgId}, ${callId}, ${revision}, ${identifierOf(callId, revision)}, ${difference}::int, 'pending',
      ${due.toISOString()}::timestamptz, ${endedAt}, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from subscriptions s where s.org_id = ${ctx.orgId} and ${charges(endedAt)} and exists (select from ${given}))`;
}

/** The same of one record of a call whenever it is made: what the engine recognises a repetition by. */
const identifierOf = (callId: string, revision: number): string => `${callId}_${revision}`;

/** Calls that were counted before we knew of the subscription that they belong to. Returns how many there were. */
export async function queueMissedUsage(ctx: Context): Promise<number> {
  authorise(ctx, "ledger.write");
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  const endedAt = byEngine(sql`r.effective_at`, ctx.clock.now());
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      insert into meter_events (org_id, call_id, revision, identifier, minutes, state, next_attempt_at, effective_at, created_at, updated_at)
      select distinct on (r.call_id) r.org_id, r.call_id, r.revision, r.call_id || '_' || r.revision, r.minutes, 'pending', ${now},
        ${endedAt}, ${now}, ${now}
      from subscriptions s join usage_records r on r.org_id = s.org_id
      where s.org_id = ${ctx.orgId} and ${charges(endedAt)} and r.minutes > 0
        and not exists (select from usage_records n where n.org_id = r.org_id and n.call_id = r.call_id and n.revision > r.revision)
        and not exists (select from meter_events m where m.org_id = r.org_id and m.call_id = r.call_id)
      order by r.call_id on conflict do nothing returning call_id`),
  );
  return rows.length;
}
