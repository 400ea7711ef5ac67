import "server-only";
import { listAlertsToMail } from "@/db/system";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import { mailBillingAlerts } from "./billing-alert-mail";
import type { WorkerTask } from "./workers";

const BATCH = 200;
/** The job for a letter has tried, and given up, by then: the two never write at the same time. */
const JOB_MS = 10 * 60_000;

/** The net under the letters about billing: what no mail server took for a while is sent once one does. */
export const billingLettersTask: WorkerTask = {
  name: "mail-billing-alerts",
  everySeconds: 300,
  async run(app, signal) {
    if (app.env.mode === "deployed" && !app.env.mail) return;
    const olderThan = new Date(app.clock.now().getTime() - JOB_MS);
    for (let after = ""; ; ) {
      const ids = await listAlertsToMail(app.database, olderThan, after, BATCH);
      for (const orgId of ids) {
        if (signal.aborted) return;
        const ctx = contextFor(app, orgId, systemActor("mail-billing-alert"));
        await mailBillingAlerts(app, ctx).catch((error: unknown) =>
          ctx.log.error({ err: error }, "a letter about billing could not be sent"),
        );
      }
      const last = ids.at(-1);
      if (!last || ids.length < BATCH) return;
      after = last;
    }
  },
};
