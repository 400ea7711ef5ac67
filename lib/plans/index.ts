import "server-only";

export { findPlanOf } from "./find-plan-of";
export { keepRequestsWithinPlan } from "./keep-requests-within-plan";
export { findBeyondPlan, keepRetentionWithinPlan, keepWithinPlan } from "./keep-within-plan";
export {
  currentPlan,
  currentPlans,
  type Entitlements,
  findPlan,
  type PlanVersion,
  planCurrency,
  trial,
} from "./rules/catalog";
export { freeMonths, includedMinutes, sayEntitlements } from "./rules/say-plan";
