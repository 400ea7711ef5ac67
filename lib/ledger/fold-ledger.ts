import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/**
 * Adds what was written since the last time to the sums by hour, by day and over all. Only entries of transactions older than every running one are
 * folded, so that none that commits late is missed; reads add the others themselves. Does nothing below `atLeast` such entries. Returns how
 * many were folded.
 */
export async function foldLedger(ctx: Context, { atLeast = 1 }: { atLeast?: number } = {}): Promise<number> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx) => {
    await tx.execute(
      sql`insert into ledger_folds (org_id, through) values (${ctx.orgId}, '0') on conflict (org_id) do nothing`,
    );
    await tx.execute(sql`select from ledger_folds where org_id = ${ctx.orgId} for update`);
    const { rows } = await tx.execute(sql`
      with span as (
        select through, pg_snapshot_xmin(pg_current_snapshot()) as upto from ledger_folds where org_id = ${ctx.orgId}
      ), fresh as (
        select debit_account, credit_account, unit, amount, date_trunc('hour', effective_at, 'UTC') as hour,
          date_trunc('day', effective_at, 'UTC') as day
        from ledger_entries
        where org_id = ${ctx.orgId} and tx >= (select through from span) and tx < (select upto from span)
      ), counted as (select count(*)::int as n from fresh),
      moved as (
        select account, e.unit, e.hour, e.day, net from fresh e,
          lateral (values (e.debit_account, e.amount), (e.credit_account, -e.amount)) as side(account, net)
        where (select n from counted) >= ${Math.max(1, atLeast)}
      ), rolled as (
        insert into ledger_rollups (org_id, account, unit, span, starts_at, net)
        select ${ctx.orgId}, account, unit, 
          case when hour is not null then 'hour' when day is not null then 'day' else 'total' end, coalesce(hour, day, 'epoch'), sum(net)::bigint
        from moved group by grouping sets ((account, unit, hour), (account, unit, day), (account, unit))
        on conflict (org_id, account, unit, span, starts_at) do update set net = ledger_rollups.net + excluded.net
        returning 1
      ), done as (
        update ledger_folds f set through = span.upto from span
        where f.org_id = ${ctx.orgId} and (select n from counted) >= ${Math.max(1, atLeast)} returning 1
      )
      select n, exists (select from done) as is_done from counted`);
    const { n, is_done } = rows[0] as { n: number; is_done: boolean };
    return is_done ? n : 0;
  });
}

/** Throws the sums away and makes them from the entries: after a database was restored, or whenever they are in doubt. */
export async function rebuildRollups(ctx: Context): Promise<void> {
  authorise(ctx, "ledger.write");
  await inTenant(ctx, async (tx, scope) => {
    await tx.execute(sql`delete from ledger_folds where org_id = ${ctx.orgId}`);
    await tx.execute(sql`delete from ledger_rollups where org_id = ${ctx.orgId}`);
    await foldLedger(scope);
  });
}
