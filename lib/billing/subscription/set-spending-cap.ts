import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { alertsReached } from "../rules/alerts";
import { type SpendingCapInput, spendingCapInput } from "../schemas";
import { readStanding } from "../standing/read-standing";
import { lockedSubscription } from "./locked-subscription";

/**
 * The most that minutes beyond the plan may cost in one period, in the minor unit of the subscription's currency; null for no limit, 0 for none
 * beyond the plan. It counts from this moment: raising it lets a limited organisation go on.
 */
export async function setSpendingCap(
  ctx: Context,
  input: SpendingCapInput,
): Promise<Result<{ cap: bigint | null }, "not_subscribed">> {
  authorise(ctx, "billing.manage");
  const { cap } = parse(spendingCapInput, input);
  return inTenant(ctx, async (tx, scope) => {
    const before = await lockedSubscription(ctx, tx);
    if (!before) return refuse("not_subscribed");
    if (before.spendingCap === cap) return ok({ cap });
    await tx
      .update(subscriptions)
      .set({ spendingCap: cap, updatedAt: ctx.clock.now() })
      .where(eq(subscriptions.orgId, ctx.orgId));
    await forgetAlerts(scope, tx, before.periodStartsAt);
    const said = (amount: bigint | null) => amount?.toString() ?? null;
    await recordChange(ctx, tx, {
      action: "subscription.changed",
      subject: { kind: "subscription", id: ctx.orgId },
      changes: { spendingCap: { from: said(before.spendingCap), to: said(cap) }, currency: before.currency },
    });
    return ok({ cap });
  });
}

/** What a new limit has not reached is told again when it does. */
async function forgetAlerts(ctx: Context, tx: Tx, periodStartsAt: Date): Promise<void> {
  const stands = await readStanding(ctx);
  if (!stands) return;
  const reached = alertsReached({ ...stands.subscription, ...stands }, ctx.clock.now()).filter(
    ({ what }) => what === "cap",
  );
  const most = Math.max(0, ...reached.map(({ threshold }) => threshold));
  await tx.execute(sql`
    delete from spending_alerts where org_id = ${ctx.orgId} and period_starts_at = ${periodStartsAt.toISOString()}::timestamptz
      and what = 'cap' and threshold > ${most}`);
}
