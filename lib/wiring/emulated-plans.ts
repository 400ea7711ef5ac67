import "server-only";
import { applyCatalogSync, planCatalogSync } from "@/lib/billing";
import { billingFor } from "./billing";
import type { BootTask } from "./boot-tasks";

/** The emulator sells what the plans say. At Stripe that is somebody's decision: npm run billing:sync. */
export const emulatedPlansTask: BootTask = {
  name: "emulated-plans",
  when: ({ env }) => billingFor(env.stripe)?.at === "emulator",
  async run({ env, log }) {
    const billing = billingFor(env.stripe);
    if (!billing) return;
    try {
      const { steps, conflicts } = await planCatalogSync(billing.port);
      if (conflicts.length > 0) log.warn({ conflicts }, "the emulator of Stripe has other plans under our names");
      else await applyCatalogSync(billing.port, steps, () => {});
    } catch (error) {
      // An emulator that is away keeps nobody from starting; the next start sets it up.
      log.warn({ err: error }, "the emulator of Stripe did not take the plans");
    }
  },
};
