import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { type PlanTerms, readTerms } from "./read-terms";

/** What an invoice charged for the minutes of a time, and what items of invoices have put right since. */
export type ChargedSpan = { from: Date; to: Date; minutes: number; terms: PlanTerms };

/** Less what was credited, of calls and of differences. undefined: the minutes of that time have not been invoiced. Between two changes of the plan a period has spans of its own. */
export async function findChargedSpan(ctx: Context, at: Date): Promise<ChargedSpan | undefined> {
  const instant = sql`${at.toISOString()}::timestamptz`;
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      with span as (
        select l.period_starts_at, l.period_ends_at, sum(l.quantity)::int as minutes, min(l.plan) as plan, min(l.plan_version) as plan_version,
          min(l.billed_every) as billed_every, min(i.currency) as currency
        from invoice_lines l join invoices i on i.org_id = l.org_id and i.id = l.invoice_id
        where l.org_id = ${ctx.orgId} and l.kind = 'minutes' and l.period_starts_at <= ${instant} and ${instant} < l.period_ends_at
          and i.status in ('open', 'paid', 'uncollectible')
        group by 1, 2 order by 1 desc limit 1)
      select span.period_starts_at, span.period_ends_at, span.currency,
        span.minutes + coalesce(sum(m.minutes), 0)::int - (
          select coalesce(sum((b.facts->>'minutes')::int), 0)::int from billing_items b
          where b.org_id = ${ctx.orgId} and b.closed_because = 'applied' and b.kind in ('billed_twice', 'overbilled')
            and b.facts->>'minutes' is not null and (b.facts->>'at')::timestamptz >= span.period_starts_at
            and (b.facts->>'at')::timestamptz < span.period_ends_at) as minutes,
        coalesce(span.plan, s.plan) as plan, coalesce(span.plan_version, s.plan_version) as plan_version,
        coalesce(span.billed_every, case when span.period_ends_at - span.period_starts_at > interval '40 days' then 'year'
          else s.billed_every end) as billed_every
      from span join subscriptions s on s.org_id = ${ctx.orgId}
        left join meter_events m on m.org_id = ${ctx.orgId} and m.state = 'credited' and m.effective_at >= span.period_starts_at
          and m.effective_at < span.period_ends_at
      group by span.period_starts_at, span.period_ends_at, span.currency, span.minutes, 5, 6, 7`),
  );
  const row = rows[0] as Record<string, unknown> | undefined;
  if (!row) return undefined;
  return {
    from: new Date(row.period_starts_at as string),
    to: new Date(row.period_ends_at as string),
    minutes: row.minutes as number,
    terms: readTerms(row),
  };
}
