import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { UsageShare } from "../rules/usage-days";

type Span = { from: Date; to: Date };

/**
 * Minutes of calls that ended in a span, by date on the wall of `timeZone`, by agent and by the business's number, and by whether they belong
 * to `period`. Each call counts by its last revision.
 */
export async function readShares(
  ctx: Context,
  { from, to, timeZone, period }: Span & { timeZone: string; period: Span },
): Promise<(UsageShare & { isInPeriod: boolean })[]> {
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select to_char(u.effective_at at time zone ${timeZone}, 'YYYY-MM-DD') as date, u.agent_id as "agentId", a.name as "agentName",
        case when k.direction = 'outbound' then k.from_number else k.to_number end as number,
        u.effective_at >= ${at(period.from)} and u.effective_at < ${at(period.to)} as "isInPeriod",
        sum(u.minutes)::int as minutes, count(*)::int as calls
      from usage_records u
        left join calls k on k.org_id = u.org_id and k.id = u.call_id
        left join agents a on a.org_id = u.org_id and a.id = u.agent_id
      where u.org_id = ${ctx.orgId} and u.effective_at >= ${at(from)} and u.effective_at < ${at(to)}
        and not exists (select from usage_records n
          where n.org_id = u.org_id and n.call_id = u.call_id and n.revision > u.revision)
      group by 1, 2, 3, 4, 5 order by 1, 3, 4`),
  );
  return rows as (UsageShare & { isInPeriod: boolean })[];
}
