import type { BillingPort, SyncStep } from "./ports";
import { billingCatalog } from "./rules/billing-catalog";
import { type Conflict, planSync } from "./rules/plan-sync";

/** What would have to be done at Stripe for the plans of lib/plans; changes nothing. */
export async function planCatalogSync(port: BillingPort): Promise<{ steps: SyncStep[]; conflicts: Conflict[] }> {
  const wanted = billingCatalog();
  return planSync(wanted, await port.readCatalog(wanted));
}

/** Does the steps of a plan, in their order; one that was done already, or whose answer was lost, changes nothing the second time. */
export async function applyCatalogSync(port: BillingPort, steps: readonly SyncStep[], done: (step: SyncStep) => void) {
  for (const step of steps) {
    await port.apply(step);
    done(step);
  }
}
