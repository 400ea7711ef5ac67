import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { findPlan, type PlanVersion } from "./rules/catalog";

/** The organisation's plan in its version; undefined without a subscription (billing is not configured): nothing is limited then. */
export async function findPlanOf(ctx: Context): Promise<PlanVersion | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select plan, plan_version from subscriptions where org_id = ${ctx.orgId}`),
  );
  const row = rows[0] as { plan: string; plan_version: number } | undefined;
  if (!row) return undefined;
  const found = findPlan(row.plan, row.plan_version);
  if (!found)
    throw new Error(`an organisation has version ${row.plan_version} of the plan ${row.plan}, which never was`);
  return found;
}
