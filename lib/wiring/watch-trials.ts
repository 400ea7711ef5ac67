import "server-only";
import { listTrialsEnding } from "@/db/system";
import { raiseAlerts } from "@/lib/billing";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import type { WorkerTask } from "./workers";

const BATCH = 200;

/** Minutes tell of themselves when they are counted; days do not. */
export const watchTrialsTask: WorkerTask = {
  name: "watch-trials",
  everySeconds: 300,
  async run(app, signal) {
    const ending = await listTrialsEnding(app.database, app.clock.now(), BATCH);
    for (const orgId of ending) {
      if (signal.aborted) return;
      const ctx = contextFor(app, orgId, systemActor("watch-trials"));
      await raiseAlerts(ctx).catch((error: unknown) => ctx.log.error({ err: error }, "trial not watched"));
    }
    if (ending.length > 0) app.jobs.poke();
  },
};
