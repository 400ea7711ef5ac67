import "server-only";

export { countUsage } from "./count-usage";
export { queueMissedUsage } from "./meter/queue-usage";
export { recordMeterErrors } from "./meter/record-meter-errors";
export { type Sending, sendUsage } from "./meter/send-usage";
export { FREE_SECONDS, RULE_VERSION } from "./rules/billable-minutes";
export { FORECAST_FROM_DAYS } from "./rules/forecast";
export { sayStep } from "./rules/plan-sync";
export { startTrial } from "./start-trial";
export { cancelSubscription, resumeSubscription } from "./subscription/cancel-subscription";
export { changePlan } from "./subscription/change-plan";
export { openPortal } from "./subscription/open-portal";
export { type Exceeded, type PlanChangePreview, previewPlanChange } from "./subscription/preview-plan-change";
export { setSpendingCap } from "./subscription/set-spending-cap";
export { startCheckout } from "./subscription/start-checkout";
export { applyCatalogSync, planCatalogSync } from "./sync-catalog";
export { findSubscription, type Subscription } from "./usage/find-subscription";
export { getUsage, type Usage } from "./usage/get-usage";
