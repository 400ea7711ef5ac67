import "server-only";
import { countUsage, startTrial } from "@/lib/billing";
import { foldLedger } from "@/lib/ledger";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import type { WorkerSubscription } from "./workers";

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
  "start-trial": {
    on: ["organization.created"],
    async run(app, { orgId }) {
      // Deployed, nobody could subscribe when it ends: until then nothing is limited.
      if (app.env.mode === "embedded") await startTrial(contextFor(app, orgId, systemActor("start-trial")));
    },
  },
};
