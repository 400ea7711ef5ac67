import "server-only";
import { listClosedCustomers } from "@/db/system";
import { endSubscription } from "@/lib/billing";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import { billingFor } from "./billing";
import type { WorkerTask } from "./workers";

const BATCH = 200;

/** The net under the job that ends a subscription when its organisation is closed: whom nobody looks after any more does not go on paying. */
export const closedSubscriptionsTask: WorkerTask = {
  name: "end-closed-subscriptions",
  everySeconds: 86_400,
  async run(app, signal) {
    const billing = billingFor(app.env.stripe);
    if (!billing) return;
    for (let after = ""; ; ) {
      const ids = await listClosedCustomers(app.database, app.clock.now(), after, BATCH);
      for (const orgId of ids) {
        if (signal.aborted) return;
        const ctx = contextFor(app, orgId, systemActor("end-subscription"));
        await endSubscription(ctx, billing.port).catch((error: unknown) =>
          ctx.log.error({ err: error }, "the subscription of a closed organisation could not be ended"),
        );
      }
      const last = ids.at(-1);
      if (!last || ids.length < BATCH) return;
      after = last;
    }
  },
};
