import { inTenant } from "@/db/tenant";
import { currentPlan, findPlan, type PlanVersion } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { Every, PlanCurrency, PlanTerms } from "../ports";
import type { PlanChoice } from "../schemas";
import { isSubscribed, lockedSubscription, type Subscription } from "./locked-subscription";

export type PlannedChange = {
  subscription: Subscription & { customerRef: string; subscriptionRef: string };
  from: PlanTerms & { plan: PlanVersion["plan"] };
  to: PlanTerms & { plan: PlanVersion["plan"] };
  before: PlanVersion;
  after: PlanVersion;
};

/** Who only changes how often they pay keeps the version they have. "payment_owed": what is owed is paid first. */
export async function plannedChange(
  ctx: Context,
  { plan, every }: PlanChoice,
): Promise<Result<PlannedChange, "not_subscribed" | "payment_owed" | "same_plan">> {
  const subscription = await inTenant(ctx, (tx) => lockedSubscription(ctx, tx));
  if (!isSubscribed(subscription)) return refuse("not_subscribed");
  if (subscription.status !== "active" && subscription.status !== "trialing") return refuse("payment_owed");
  const before = findPlan(subscription.plan, subscription.planVersion);
  if (!before) throw new Error(`no version ${subscription.planVersion} of the plan ${subscription.plan}`);
  const after = plan === before.plan ? before : currentPlan(plan);
  if (after === before && every === subscription.billedEvery) return refuse("same_plan");
  const currency = subscription.currency as PlanCurrency;
  const termsOf = (version: PlanVersion, often: Every) => ({
    plan: version.plan,
    planVersion: version.version,
    currency,
    every: often,
  });
  return ok({
    subscription,
    from: termsOf(before, subscription.billedEvery),
    to: termsOf(after, every),
    before,
    after,
  });
}
