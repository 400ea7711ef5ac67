import { sql } from "drizzle-orm";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { amount, type Column, csvPages, text, utc, wall } from "./csv-pages";

const columns = (timeZone: string): readonly Column[] => [
  ["Call", text("call_id")],
  ["Revision", text("revision")],
  ["Ended (UTC)", utc("effective_at")],
  ["Ended (local)", wall("effective_at", timeZone)],
  ["Agent", text("agent")],
  ["Number", text("number")],
  ["Seconds", text("seconds")],
  ["Minutes", text("minutes")],
  ["Not charged because", text("unbilled")],
  ["Rule", text("rule_version")],
  ["Cost at the provider (USD)", amount("cost_micros", "cost_unit")],
  ["Counted (UTC)", utc("created_at")],
];

/** How each call was counted, in the order in which they ended, as CSV; what was corrected later is a revision of its own. */
export function exportUsage(ctx: Context, { timeZone }: { timeZone: string }): AsyncGenerator<string, void> {
  authorise(ctx, "billing.read");
  return csvPages(ctx, columns(timeZone), (after, limit) => {
    const last = after && sql`(${after.at}::timestamptz, ${after.call_id}, ${after.revision}::int)`;
    const since = last ? sql`and (u.effective_at, u.call_id, u.revision) > ${last}` : sql``;
    return sql`
      select u.call_id, u.revision, u.effective_at, u.effective_at::text as at, a.name as agent,
        case when k.direction = 'outbound' then k.from_number else k.to_number end as number,
        u.seconds, u.minutes, u.unbilled, u.rule_version, u.cost_micros::text, 'usd_micros' as cost_unit, u.created_at
      from usage_records u
        left join calls k on k.org_id = u.org_id and k.id = u.call_id
        left join agents a on a.org_id = u.org_id and a.id = u.agent_id
      where u.org_id = ${ctx.orgId} ${since} order by u.effective_at, u.call_id, u.revision limit ${limit}`;
  });
}
