import "server-only";
import type { BillingPort } from "@/lib/billing/ports";
import { stripeCatalog } from "./catalog";
import { stripeCheckout } from "./checkout";
import type { StripeConfig } from "./client";
import { stripeMeter } from "./meter";
import { stripeRecords } from "./records";

export { API_VERSION, type StripeConfig } from "./client";
export { readStripeEvent } from "./read-event";
export { TOLERANCE_SECONDS, verifyStripeSignature } from "./verify";

/** Stripe as the engine that collects. */
export const stripeBilling = (config: StripeConfig): BillingPort => ({
  ...stripeCatalog(config),
  ...stripeCheckout(config),
  ...stripeMeter(config),
  ...stripeRecords(config),
});
