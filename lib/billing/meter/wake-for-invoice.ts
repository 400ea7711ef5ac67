import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

/** What waited for the invoice of its time is gone on with: it still fits into its draft, or what it costs is known now. */
export const wakeForInvoice = (ctx: Context, tx: Tx, invoiceId: string): Promise<unknown> =>
  wake(ctx, tx, invoiceId, sql`m.state = 'cancelling' and m.problem = 'waits_for_invoice'`);

/**
 * What was given up because no invoice had its time is tried again now that one has. As long as its item is open: where somebody has settled it
 * otherwise, it stays so. The item closes, or says what it costs, when that is done.
 */
export const retryForInvoice = (ctx: Context, tx: Tx, invoiceId: string): Promise<unknown> =>
  wake(
    ctx,
    tx,
    invoiceId,
    sql`m.state = 'given_up' and m.identifier in (select b.facts->>'identifier' from billing_items b
      where b.org_id = ${ctx.orgId} and b.is_open and b.subject = m.call_id
        and (b.kind = 'meter_refused' and b.facts->>'why' = 'not_invoiced' or b.kind = 'meter_too_late' and b.facts->>'amount' is null))`,
  );

const wake = (ctx: Context, tx: Tx, invoiceId: string, which: SQL) => {
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  return tx.execute(sql`
    update meter_events m set state = 'cancelling', problem = 'waits_for_invoice', next_attempt_at = ${now}, updated_at = ${now}
    where m.org_id = ${ctx.orgId} and ${which}
      and exists (select from invoice_lines l where l.org_id = m.org_id and l.invoice_id = ${invoiceId} and l.kind = 'minutes'
        and l.period_starts_at <= m.effective_at and m.effective_at < l.period_ends_at)`);
};
