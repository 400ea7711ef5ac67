import type { BillingCatalog } from "./rules/billing-catalog";
import type { FoundCatalog, SyncStep } from "./rules/plan-sync";

export type { BillingCatalog, PriceSpec } from "./rules/billing-catalog";
export type { FoundCatalog, FoundTerms, SyncStep } from "./rules/plan-sync";

/** What billing needs of the engine that collects money. Throws where it cannot be reached or refuses. */
export type BillingPort = {
  readCatalog(wanted: BillingCatalog): Promise<FoundCatalog>;
  /** Repeating a step that was done, or whose answer was lost, changes nothing. */
  apply(step: SyncStep): Promise<void>;
};
