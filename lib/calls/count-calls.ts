import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { type CallFilter, callFilter, matchingCalls } from "./call-filter";

const cap = 1000;

/** How many calls match, counted up to a thousand: beyond it an exact figure costs more than it tells. */
export async function countCalls(ctx: Context, filter: CallFilter = {}): Promise<{ count: number; isCapped: boolean }> {
  authorise(ctx, "read");
  const where = matchingCalls(ctx.orgId, parse(callFilter, filter));
  const { rows } = await inTenant(ctx, (tx) =>
    // The order is what makes the planner take an index where half of the table would match.
    tx.execute(sql`select count(*)::int as n from (
      select 1 from calls where ${where} order by calls.started_at desc, calls.id desc limit ${cap + 1}) counted`),
  );
  const { n } = rows[0] as { n: number };
  return { count: Math.min(n, cap), isCapped: n > cap };
}
