import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { Standing } from "../rules/meter-step";

export type DueEvent = {
  callId: string;
  revision: number;
  identifier: string;
  /** What was or would be sent under the identifier. */
  minutes: number;
  /** What the call counts for now. */
  total: number;
  attempts: number;
  triedAt: Date | null;
  effectiveAt: Date;
  /** A later event of the call settles it whole, or has done so: what is reported is due before what waited for the report. */
  isSuperseded: boolean;
  /** The invoice with the minutes of its time is no draft any more; that of a change which waits for its payment may still be given up. */
  isInvoiced: boolean;
  /** When its draft was made, where that is all there is of it. */
  draftedAt: Date | null;
  standing: Standing[];
};

/**
 * What there is to tell the engine now, the earliest first; `only`: of one event, due or not. What was tried and has no answer is settled
 * before anything else of its call.
 */
export async function listDueEvents(
  ctx: Context,
  limit: number,
  only?: { callId: string; revision: number },
): Promise<DueEvent[]> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select m.call_id, m.revision, m.identifier, m.minutes, r.minutes as total, m.attempts, m.tried_at, m.effective_at,
        exists (select from meter_events e where e.org_id = m.org_id and e.call_id = m.call_id and e.revision > m.revision) as is_superseded,
        exists (select from invoice_lines l join invoices i on i.org_id = l.org_id and i.id = l.invoice_id
          where l.org_id = m.org_id and l.kind = 'minutes' and l.period_starts_at <= m.effective_at and m.effective_at < l.period_ends_at
            and i.status in ('open', 'paid', 'uncollectible') and not (i.status = 'open' and i.reason = 'subscription_update'
              and not exists (select from subscriptions s where s.org_id = m.org_id and s.minutes_from >= l.period_ends_at))) as is_invoiced,
        (select max(i.issued_at) from invoice_lines l join invoices i on i.org_id = l.org_id and i.id = l.invoice_id
          where l.org_id = m.org_id and l.kind = 'minutes' and l.period_starts_at <= m.effective_at and m.effective_at < l.period_ends_at
            and i.status = 'draft') as drafted_at,
        (select jsonb_agg(jsonb_build_object('identifier', e.identifier, 'revision', e.revision, 'minutes', e.minutes,
            'by', case e.state when 'sent' then 'event' else 'item' end)) from meter_events e
          where e.org_id = m.org_id and e.call_id = m.call_id and e.state in ('sent', 'credited')) as standing
      from meter_events m join lateral (select u.minutes from usage_records u where u.org_id = m.org_id and u.call_id = m.call_id
        order by u.revision desc limit 1) r on true
      where m.org_id = ${ctx.orgId} and m.state in ('pending', 'cancelling')
        ${only ? sql`and m.call_id = ${only.callId} and m.revision = ${only.revision}` : sql`and m.next_attempt_at <= ${ctx.clock.now().toISOString()}::timestamptz`}
        and not exists (select from meter_events e where e.org_id = m.org_id and e.call_id = m.call_id and e.revision < m.revision
          and e.state in ('pending', 'cancelling') and e.tried_at is not null)
      order by m.effective_at, m.call_id, m.revision limit ${limit}`),
  );
  return (rows as Record<string, unknown>[]).map((row) => ({
    callId: row.call_id as string,
    revision: row.revision as number,
    identifier: row.identifier as string,
    minutes: row.minutes as number,
    total: row.total as number,
    attempts: row.attempts as number,
    triedAt: row.tried_at === null ? null : new Date(row.tried_at as string),
    effectiveAt: new Date(row.effective_at as string),
    isSuperseded: row.is_superseded === true,
    isInvoiced: row.is_invoiced === true,
    draftedAt: row.drafted_at === null ? null : new Date(row.drafted_at as string),
    standing: (row.standing as Standing[] | null) ?? [],
  }));
}
