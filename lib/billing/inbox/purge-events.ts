import { sql } from "drizzle-orm";
import { withSystem } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";

/** The engine repeats an event for three days; what came of one may be asked about for a while longer. */
const KEPT_MS = 90 * 86_400_000;
const BATCH = 5000;

/** Forgets events that were done with ninety days ago; those that still wait stay. Returns how many. */
export async function purgeBillingEvents({ database, clock }: Pick<Context, "database" | "clock">): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS).toISOString();
  for (let purged = 0; ; ) {
    const { rows } = await withSystem(database, (tx) =>
      tx.execute(sql`
        delete from billing_events where id in (
          select id from billing_events where done_at < ${before}::timestamptz limit ${BATCH}) returning id`),
    );
    purged += rows.length;
    if (rows.length < BATCH) return purged;
  }
}
