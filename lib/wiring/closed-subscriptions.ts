import "server-only";
import { listClosedCustomers } from "@/db/system";
import { endSubscription } from "@/lib/billing";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import { billingFor } from "./billing";
import { inTurn } from "./in-turn";
import type { WorkerTask } from "./workers";

/** The net under the job that ends a subscription when its organisation is closed: whom nobody looks after any more does not go on paying. */
export const closedSubscriptionsTask: WorkerTask = {
  name: "end-closed-subscriptions",
  everySeconds: 86_400,
  async run(app, signal) {
    const billing = billingFor(app.env.stripe);
    if (!billing) return;
    const closed = (after: string, most: number) => listClosedCustomers(app.database, app.clock.now(), after, most);
    for await (const orgId of inTurn(app, "end-closed-subscriptions", closed)) {
      if (signal.aborted) return;
      const ctx = contextFor(app, orgId, systemActor("end-subscription"));
      await endSubscription(ctx, billing.port).catch((error: unknown) =>
        ctx.log.error({ err: error }, "the subscription of a closed organisation could not be ended"),
      );
    }
  },
};
