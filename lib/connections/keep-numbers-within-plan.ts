import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { keepWithinPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";

/** Throws `forbidden`, at the input `at`, where the plan has no room for one more connection that is switched on. */
export const keepNumbersWithinPlan = (ctx: Context, at?: string): Promise<void> =>
  keepWithinPlan(ctx, "numbers", { at, count: () => countNumbers(ctx) });

/** Numbers that callers can reach the organisation by: those known of each connection that is switched on, and one where none is known. */
export async function countNumbers(ctx: Context): Promise<number> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select coalesce(sum(greatest(1, (select count(*) from phone_numbers n where n.org_id = c.org_id and n.connection_id = c.id))), 0)::int as n
      from connections c where c.org_id = ${ctx.orgId} and c.disabled_at is null`),
  );
  return (rows[0] as { n: number }).n;
}
