export type { PlanCurrency, PlanVersion } from "./rules/catalog";
export { includedMinutes, sayEntitlements } from "./rules/say-plan";
