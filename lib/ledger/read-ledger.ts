import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type Account, readUnit, type Unit } from "./rules/accounts";
import { type Span, splitSpan } from "./rules/split-span";

/** `net` is debits less credits, in the unit's whole numbers. */
export type Balance = { account: Account; unit: Unit; net: bigint };

/** What every account of the organisation holds, in each unit it was ever moved in: the sums, and the entries they do not know yet. */
export async function listBalances(ctx: Context): Promise<Balance[]> {
  authorise(ctx, "billing.read");
  const rows = await read(
    ctx,
    sql`
    select account, unit, sum(net)::text as net from (
      select account, unit, net from ledger_rollups
      where org_id = ${ctx.orgId} and span = 'total' and exists (select from fold)
      union all
      select side.account, e.unit, side.net from unfolded e,
        lateral (values (e.debit_account, e.amount), (e.credit_account, -e.amount)) as side(account, net)
    ) as parts group by account, unit order by account, unit`,
  );
  return rows.flatMap(({ account, unit, net }) => {
    const known = readUnit(String(unit));
    return known ? [{ account: account as Account, unit: known, net: BigInt(net as string) }] : [];
  });
}

/** What entries of a half-open span of time moved into an account, less what they took out. */
export async function sumPeriod(ctx: Context, what: { account: Account; unit: Unit } & Span): Promise<bigint> {
  authorise(ctx, "billing.read");
  const { account, unit } = what;
  const { days, hours, edges } = splitSpan(what);
  const within = (column: SQL, { from, to }: Span) =>
    sql`${column} >= ${from.toISOString()}::timestamptz and ${column} < ${to.toISOString()}::timestamptz`;
  const moved = sql`case when debit_account = ${account} then amount else -amount end as net`;
  const ofAccount = sql`(debit_account = ${account} or credit_account = ${account}) and unit = ${unit}`;
  const rolled = (size: "day" | "hour") => (span: Span) =>
    sql`
    select net from ledger_rollups where org_id = ${ctx.orgId} and account = ${account} and unit = ${unit} and span = ${size}
      and ${within(sql`starts_at`, span)} and exists (select from fold)`;
  const parts = [
    sql`select ${moved} from unfolded where ${ofAccount} and ${within(sql`effective_at`, what)}`,
    ...days.map(rolled("day")),
    ...hours.map(rolled("hour")),
    ...edges.map(
      (edge) => sql`
        select ${moved} from ledger_entries where org_id = ${ctx.orgId} and tx < (select through from since) and ${ofAccount}
          and ${within(sql`effective_at`, edge)}`,
    ),
  ];
  const rows = await read(
    ctx,
    sql`select coalesce(sum(net), 0)::text as net from (${sql.join(parts, sql` union all `)}) as parts`,
  );
  return BigInt((rows[0] as { net: string }).net);
}

/**
 * Where the counter of transactions has gone back behind the fold (a database restored elsewhere), the sums are passed over: everything is
 * read from the entries until `rebuildRollups` has run. What is not folded is found by its transaction alone: the planner, which cannot know
 * how little that is, would otherwise read a month of entries by their time.
 */
const read = (ctx: Context, query: SQL) =>
  inTenant(ctx, async (tx: Tx) => {
    const { rows } = await tx.execute(sql`
      with fold as (
        select through from ledger_folds
        where org_id = ${ctx.orgId} and through <= pg_snapshot_xmin(pg_current_snapshot())
      ), since as (select coalesce((select through from fold), '0'::xid8) as through),
      unfolded as materialized (
        select debit_account, credit_account, unit, amount, effective_at from ledger_entries
        where org_id = ${ctx.orgId} and tx >= (select through from since)
      )
      ${query}`);
    return rows as Record<string, unknown>[];
  });
