import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type CallCost, costOf } from "../rules/call-cost";
import { findUsageLine, type UsageLine } from "./list-usage-lines";

/** Ten thousand millionths are a cent. */
const MICROS_IN_A_CENT = 10_000n;

export type CallProfit = UsageLine & {
  currency: "USD" | "INR";
  /** Revenue less cost, in millionths of a US dollar; null in another currency (nothing here knows a rate) and while the cost is not known. */
  profitMicros: bigint | null;
};

/**
 * What a call earned beside what it cost. It earns what it adds to the invoice and its share of the plan's price: an included minute is worth the
 * price divided by the included minutes. What of the plan nobody used is earned by no call. undefined for a call that was not counted.
 */
export async function readCallProfit(ctx: Context, callId: string): Promise<CallProfit | undefined> {
  const line = await findUsageLine(ctx, callId);
  return line && { ...line, profitMicros: profitOf(line.revenue, line.cost, line.currency) };
}

const profitOf = (revenue: bigint, cost: CallCost | null, currency: string): bigint | null =>
  cost && currency === "USD" ? revenue * MICROS_IN_A_CENT - cost.total : null;

export type PeriodCosts = {
  calls: number;
  minutes: number;
  unbilledCalls: number;
  unreportedCalls: number;
  cost: CallCost;
};

/** What the calls that ended in a half-open span count for and cost, unbilled ones too. */
export async function readPeriodCosts(ctx: Context, { from, to }: { from: Date; to: Date }): Promise<PeriodCosts> {
  authorise(ctx, "billing.read");
  const sum = (name: string) =>
    sql`'${sql.raw(name)}', coalesce(sum((k.cost_breakdown->>'${sql.raw(name)}')::numeric), 0)`;
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select count(*)::int as calls, coalesce(sum(u.minutes), 0)::int as minutes, count(u.unbilled)::int as unbilled,
        (count(*) filter (where k.cost_micros is null))::int as unreported, coalesce(sum(k.cost_micros), 0)::text as total,
        jsonb_build_object(${sql.join(["transport", "transcriber", "voice", "model", "analysis", "platform", "other"].map(sum), sql`, `)}) as parts
      from usage_records u left join calls k on k.org_id = u.org_id and k.id = u.call_id
      where u.org_id = ${ctx.orgId} and u.effective_at >= ${from.toISOString()}::timestamptz and u.effective_at < ${to.toISOString()}::timestamptz
        and not exists (select from usage_records n where n.org_id = u.org_id and n.call_id = u.call_id and n.revision > u.revision)`),
  );
  const row = rows[0] as Record<string, number> & { total: string; parts: Record<string, number> };
  const cost = costOf(row.total, row.parts);
  if (!cost) throw new Error("a sum of costs is a cost");
  return {
    calls: row.calls ?? 0,
    minutes: row.minutes ?? 0,
    unbilledCalls: row.unbilled ?? 0,
    unreportedCalls: row.unreported ?? 0,
    cost,
  };
}
