import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

/**
 * A change of plan that was paid later counts from the instant that its invoice settled minutes until, not from when the news of it came. The
 * bank, or whoever pays, has a day for it. `of` picks the invoice, `i`.
 */
export async function settleFrom(ctx: Context, tx: Tx, of: SQL): Promise<void> {
  await tx.execute(sql`
    update subscriptions s set minutes_from = settled.until
    from (select max(l.period_ends_at) as until from invoices i
        join invoice_lines l on l.org_id = i.org_id and l.invoice_id = i.id and l.kind = 'minutes'
      where i.org_id = ${ctx.orgId} and i.reason = 'subscription_update' and i.status = 'paid' and ${of}) settled
    where s.org_id = ${ctx.orgId} and settled.until >= s.period_starts_at
      and settled.until < s.minutes_from and s.minutes_from <= settled.until + interval '1 day'`);
}
