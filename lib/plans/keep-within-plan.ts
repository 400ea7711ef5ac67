import type { Context } from "@/lib/platform/context";
import { AppError, invalid } from "@/lib/platform/errors";
import { findPlanOf } from "./find-plan-of";
import { type Counted, keptTooLong, tooMany } from "./rules/within-plan";

/** Throws `forbidden` with a sentence where the plan has no room for one more; `count` says how many there are, asked only if it matters. */
export async function keepWithinPlan(ctx: Context, what: Counted, count: () => Promise<number>): Promise<void> {
  const plan = await findPlanOf(ctx);
  if (!plan || plan.entitlements[what] === null) return;
  const refusal = tooMany(plan, what, await count());
  if (refusal) throw new AppError("forbidden", refusal);
}

/** Throws `invalid_input` at `retentionDays` where the plan does not keep calls that long. */
export async function keepRetentionWithinPlan(ctx: Context, days: number): Promise<void> {
  const plan = await findPlanOf(ctx);
  const refusal = plan && keptTooLong(plan, days);
  if (refusal) throw invalid([{ path: "retentionDays", message: refusal }]);
}
