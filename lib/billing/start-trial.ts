import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import { currentPlan, planCurrency, trial } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";

/** Two weeks from now with everything the trial's plan has. An organisation that has or had a subscription keeps it: "already". */
export async function startTrial(ctx: Context): Promise<"started" | "already"> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, (tx) => insertTrial(ctx, tx));
}

/** The same, for a verb that was allowed something of its own. */
export async function insertTrial(ctx: Context, tx: Tx): Promise<"started" | "already"> {
  const { plan, version } = currentPlan(trial.plan);
  const now = ctx.clock.now();
  const endsAt = new Date(now.getTime() + trial.days * 86_400_000);
  const { rows: orgs } = await tx.execute(sql`select currency from organizations where id = ${ctx.orgId}`);
  const org = orgs[0] as { currency: string } | undefined;
  if (!org) return "already";
  const { rows } = await tx.execute(sql`
    insert into subscriptions (org_id, plan, plan_version, status, currency, period_starts_at, period_ends_at, created_at, updated_at)
    values (${ctx.orgId}, ${plan}, ${version}, 'trialing', ${planCurrency(org.currency)}, ${now.toISOString()}::timestamptz,
      ${endsAt.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)
    on conflict (org_id) do nothing returning org_id`);
  if (rows.length === 0) return "already";
  await recordChange(ctx, tx, {
    action: "subscription.changed",
    subject: { kind: "subscription", id: ctx.orgId },
    changes: { status: "trialing", plan, version, until: endsAt.toISOString() },
  });
  return "started";
}
