import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";

/**
 * The place in the stream `secondsBack` ago (by the database's clock): a reader who starts there also hears what happened while its
 * page was on its way. "0_0" where everything is younger.
 */
export async function streamPosition(ctx: Context, { secondsBack }: { secondsBack: number }): Promise<string> {
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select tx::text || '_' || seq as cursor from events
      where org_id = ${ctx.orgId} and tx < pg_snapshot_xmin(pg_current_snapshot())
        and created_at < now() - make_interval(secs => ${secondsBack})
      order by tx desc, seq desc limit 1`);
    return (rows[0] as { cursor: string } | undefined)?.cursor ?? "0_0";
  });
}
