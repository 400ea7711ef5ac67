import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { AppError, type BeyondPlan } from "@/lib/platform/errors";
import { findPlanOf } from "./find-plan-of";
import { type Counted, keptTooLong, tooMany } from "./rules/within-plan";

/**
 * The sentence and the figure where the plan has no room for one more of `what`, undefined where it has; `count` says how many there are, asked
 * only if it matters. Within a transaction whoever else adds something of the plan's waits for its end: two at once are not both the last.
 */
export async function findBeyondPlan(
  ctx: Context,
  what: Counted,
  count: () => Promise<number>,
): Promise<{ refusal: string; beyondPlan: BeyondPlan } | undefined> {
  const plan = await findPlanOf(ctx);
  const allows = plan?.entitlements[what] ?? null;
  if (!plan || allows === null) return undefined;
  await inTenant(ctx, (tx) =>
    tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${ctx.orgId}`}, 0))`),
  );
  const refusal = tooMany(plan, what, await count());
  return refusal === undefined ? undefined : { refusal, beyondPlan: { plan: plan.name, what, allows } };
}

/** Throws `forbidden` with a sentence, at the input `at` if there is one, where the plan has no room for one more. */
export async function keepWithinPlan(
  ctx: Context,
  what: Counted,
  { at, count }: { at?: string | undefined; count: () => Promise<number> },
): Promise<void> {
  const found = await findBeyondPlan(ctx, what, count);
  if (!found) return;
  const { refusal, beyondPlan } = found;
  throw new AppError("forbidden", refusal, { ...(at && { fields: [{ path: at, message: refusal }] }), beyondPlan });
}

/** Throws `invalid_input` at `retentionDays` where the plan does not keep calls that long. */
export async function keepRetentionWithinPlan(ctx: Context, days: number): Promise<void> {
  const plan = await findPlanOf(ctx);
  const refusal = plan && keptTooLong(plan, days);
  if (refusal)
    throw new AppError("invalid_input", refusal, {
      fields: [{ path: "retentionDays", message: refusal }],
      beyondPlan: { plan: plan.name, what: "retentionDays", allows: plan.entitlements.retentionDays },
    });
}
