import "server-only";

export { countUsage } from "./count-usage";
export { sayStep } from "./rules/plan-sync";
export { startTrial } from "./start-trial";
export { applyCatalogSync, planCatalogSync } from "./sync-catalog";
