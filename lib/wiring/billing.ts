import "server-only";
import { stripeBilling } from "@/lib/adapters/stripe";
import type { BillingPort } from "@/lib/billing/ports";
import type { Env } from "@/lib/platform/env";

/** The emulator takes any test key. */
const EMULATED_KEY = "sk_test_emulated";

export type Billing = { port: BillingPort; at: "stripe" | "emulator" };

/** Stripe where its key is set, else the emulator where one runs; undefined: billing is not configured. */
export function billingFor({
  secretKey,
  emulatorUrl,
}: Pick<Env["stripe"], "secretKey" | "emulatorUrl">): Billing | undefined {
  if (secretKey) return { port: stripeBilling({ secretKey }), at: "stripe" };
  if (emulatorUrl) return { port: stripeBilling({ secretKey: EMULATED_KEY, baseUrl: emulatorUrl }), at: "emulator" };
  return undefined;
}
