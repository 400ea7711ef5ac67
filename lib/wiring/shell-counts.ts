import "server-only";
import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";

/** The two figures beside the navigation: calls going on, and things that wait for a person. One statement, it runs for every page. */
export async function shellCounts(ctx: Context): Promise<{ live: number; attention: number }> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select (select count(*)::int from calls where org_id = ${ctx.orgId} and status in ('queued', 'ringing', 'in_progress', 'forwarding')) as live,
        (select count(*)::int from follow_ups where org_id = ${ctx.orgId} and done_at is null) as attention`),
  );
  return rows[0] as { live: number; attention: number };
}
