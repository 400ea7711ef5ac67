import "server-only";
import { listMeterEventsDue } from "@/db/system";
import { countUsage, queueMissedUsage, sendUsage, startTrial } from "@/lib/billing";
import { foldLedger } from "@/lib/ledger";
import { systemActor } from "@/lib/platform/context";
import { type App, contextFor } from "./app";
import { billingFor } from "./billing";
import type { WorkerSubscription, WorkerTask } from "./workers";

/** Reads add up to this many entries themselves, in less than a millisecond. */
const FOLD_FROM = 500;

export const billingSubscriptions: Record<string, WorkerSubscription> = {
  /** The report usually follows the end within seconds; what it changes is a correction. */
  "count-usage": {
    on: ["call.ended", "call.reported"],
    async run(app, { orgId, subjectId }) {
      const ctx = contextFor(app, orgId, systemActor("count-usage"));
      await countUsage(ctx, subjectId);
      await foldLedger(ctx, { atLeast: FOLD_FROM });
    },
  },
  /** Calls that ended between the checkout and the news of it. */
  "queue-missed-usage": {
    on: ["subscription.changed"],
    async run(app, { orgId }) {
      await queueMissedUsage(contextFor(app, orgId, systemActor("queue-missed-usage")));
    },
  },
  "start-trial": {
    on: ["organization.created"],
    async run(app, { orgId }) {
      // Where nobody can subscribe nothing is limited.
      if (billingFor(app.env.stripe)) await startTrial(contextFor(app, orgId, systemActor("start-trial")));
    },
  },
};

const BATCH = 200;
const AT_ONCE = 8;

/** Each organisation's minutes one after another, some organisations at once; what fails for one does not keep the others. */
async function sendAll(app: App, signal: AbortSignal): Promise<void> {
  const billing = billingFor(app.env.stripe);
  if (!billing) return;
  const waiting = await listMeterEventsDue(app.database, app.clock.now(), BATCH);
  const lane = async () => {
    for (let orgId = waiting.shift(); orgId && !signal.aborted; orgId = waiting.shift()) {
      const ctx = contextFor(app, orgId, systemActor("send-usage"));
      await sendUsage(ctx, billing.port).catch((error: unknown) => ctx.log.error({ err: error }, "minutes not sent"));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

export const billingTasks: WorkerTask[] = [{ name: "send-usage", everySeconds: 15, run: sendAll }];
