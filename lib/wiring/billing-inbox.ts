import "server-only";
import { billingEventKinds, type InboxWork, purgeBillingEvents, workBillingInbox } from "@/lib/billing";
import { systemActor } from "@/lib/platform/context";
import { singleton } from "@/lib/platform/singleton";
import { type App, contextFor } from "./app";
import { billingFor } from "./billing";
import type { BootTask } from "./boot-tasks";
import { deferAfterResponse } from "./defer";
import type { WorkerTask } from "./workers";

/** A function that answered a delivery goes on no longer than this; what is left is the next delivery's, or the cron's. */
const BUDGET_MS = 20_000;

const depsOf = (app: App): InboxWork | undefined => {
  const billing = billingFor(app.env.stripe);
  return (
    billing && {
      database: app.database,
      clock: app.clock,
      log: app.log,
      port: billing.port,
      contextOf: (orgId) => contextFor(app, orgId, systemActor("billing-inbox")),
    }
  );
};

async function work(app: App, options: { budgetMs?: number; signal?: AbortSignal }): Promise<void> {
  const deps = depsOf(app);
  if (deps && (await workBillingInbox(deps, options)) > 0) app.jobs.poke();
}

/** One at a time in a process: what is stored while it runs is taken by it, or by the round after it. */
const state = () => singleton("billing-inbox", () => ({ isRunning: false, isWanted: false }));

/** Works on what waits, after the answer was sent. */
export function startBillingInbox(app: App): void {
  const held = state();
  held.isWanted = true;
  if (held.isRunning) return;
  held.isRunning = true;
  deferAfterResponse(app.log)(async () => {
    try {
      while (held.isWanted) {
        held.isWanted = false;
        await work(app, { budgetMs: BUDGET_MS });
      }
    } finally {
      held.isRunning = false;
    }
  });
}

/** What was missed: a process that ended after storing, an engine that was away, a customer who was not known yet. */
export const billingInboxTask: WorkerTask = {
  name: "billing-inbox",
  everySeconds: 15,
  run: (app, signal) => work(app, { signal }),
};

export const purgeBillingEventsTask: WorkerTask = {
  name: "purge-billing-events",
  everySeconds: 86_400,
  async run(app) {
    await purgeBillingEvents(app);
  },
};

/** The server's port may have changed since the last start: the emulator is told where to send its events. */
export const emulatedWebhooksTask: BootTask = {
  name: "emulated-webhooks",
  when: ({ env }) => env.stripe.emulatorUrl !== undefined && env.stripe.secretKey === undefined,
  async run({ env, log }) {
    const url = `${env.appUrl}/api/webhooks/stripe`;
    const secret = env.stripe.webhookSecrets.join(" ");
    const endpoints = [
      { url, secret, isThin: false, events: billingEventKinds.full },
      { url, secret, isThin: true, events: billingEventKinds.thin.map((kind) => `v1.${kind}`) },
    ];
    try {
      const answer = await fetch(`${env.stripe.emulatorUrl}/_emulator/webhooks`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ endpoints }),
      });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    } catch (error) {
      log.warn({ err: error }, "the emulator of Stripe could not be told where to send events");
    }
  },
};
