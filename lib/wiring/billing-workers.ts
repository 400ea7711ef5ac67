import "server-only";
import { sql } from "drizzle-orm";
import { listMeterEventsDue, listOrganizationIds } from "@/db/system";
import { inTenant } from "@/db/tenant";
import {
  catchUp,
  countUsage,
  endSubscription,
  type ProviderCosts,
  queueMissedUsage,
  raiseAlerts,
  reconcileBilling,
  sendUsage,
  startTrial,
} from "@/lib/billing";
import { foldLedger } from "@/lib/ledger";
import { type Context, systemActor } from "@/lib/platform/context";
import { type App, contextFor } from "./app";
import { billingFor } from "./billing";
import { mailBillingAlerts } from "./billing-alert-mail";
import { billingInboxTask, purgeBillingEventsTask } from "./billing-inbox";
import { billingLettersTask } from "./billing-letters";
import { closedSubscriptionsTask } from "./closed-subscriptions";
import { inTurn } from "./in-turn";
import { providerOfCall } from "./voice-workers";
import { watchTrialsTask } from "./watch-trials";
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
      await raiseAlerts(ctx);
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
  /** A payment that failed. */
  "raise-billing-alerts": {
    on: ["subscription.changed"],
    async run(app, { orgId }) {
      await raiseAlerts(contextFor(app, orgId, systemActor("raise-billing-alerts")));
      app.jobs.poke();
    },
  },
  "mail-billing-alert": {
    on: ["subscription.alerted"],
    run: (app, { orgId }) => mailBillingAlerts(app, contextFor(app, orgId, systemActor("mail-billing-alert"))),
  },
  "end-subscription": {
    on: ["organization.closed"],
    async run(app, { orgId }) {
      const billing = billingFor(app.env.stripe);
      if (billing) await endSubscription(contextFor(app, orgId, systemActor("end-subscription")), billing.port);
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

/** A month and its invoice, with what an event may be late. */
const COMPARED_MS = 40 * 86_400_000;

export type Reconciled = {
  organizations: number;
  calls: number;
  closed: number;
  failed: number;
  found: Record<string, number>;
  /** The time was over before every organisation had its turn: the next run goes on with the others. */
  isCut: boolean;
};

/**
 * Every organisation's last forty days on all sides; differences are items that somebody sees. A run that was cut short, or whose process
 * ended, is gone on with by the next.
 */
export async function reconcileAll(app: App, signal: AbortSignal): Promise<Reconciled> {
  const done: Reconciled = { organizations: 0, calls: 0, closed: 0, failed: 0, found: {}, isCut: false };
  const billing = billingFor(app.env.stripe);
  if (!billing) return done;
  const all = (after: string, most: number) => listOrganizationIds(app.database, after, most);
  for await (const orgId of inTurn(app, "reconcile-billing", all)) {
    if (signal.aborted) {
      app.log.warn({ organizations: done.organizations, orgId }, "billing was reconciled for some organisations only");
      return { ...done, isCut: true };
    }
    const ctx = contextFor(app, orgId, systemActor("reconcile-billing"));
    const to = app.clock.now();
    const span = { from: new Date(to.getTime() - COMPARED_MS), to };
    try {
      await queueMissedUsage(ctx);
      await catchUp(ctx, billing.port, span);
      const { calls, closed, found } = await reconcileBilling(ctx, billing.port, span, providerCosts(app, ctx));
      done.organizations += 1;
      done.calls += calls;
      done.closed += closed;
      for (const { kind } of found) done.found[kind] = (done.found[kind] ?? 0) + 1;
    } catch (error) {
      done.failed += 1;
      ctx.log.error({ err: error }, "billing could not be reconciled");
    }
  }
  return done;
}

/** What the provider says of a call now; undefined where it cannot be asked or knows no such call. */
export const providerCosts =
  (app: App, ctx: Context): ProviderCosts =>
  async (callId) => {
    const provider = await providerOfCall(app, ctx, callId);
    const { rows } = await inTenant(ctx, (tx) => tx.execute(sql`select external_id from calls where id = ${callId}`));
    const told = await provider?.getCall((rows[0] as { external_id: string }).external_id);
    if (!told) return undefined;
    const { answeredAt, endedAt, status } = told.call;
    return {
      costMicros: told.report.costMicros === undefined ? null : BigInt(told.report.costMicros),
      isOver: status === "ended",
      seconds: answeredAt && endedAt ? Math.ceil((endedAt.getTime() - answeredAt.getTime()) / 1000) : null,
    };
  };

export const billingTasks: WorkerTask[] = [
  { name: "send-usage", everySeconds: 15, run: sendAll },
  {
    name: "reconcile-billing",
    everySeconds: 86_400,
    async run(app, signal) {
      await reconcileAll(app, signal);
    },
  },
  closedSubscriptionsTask,
  watchTrialsTask,
  billingLettersTask,
  billingInboxTask,
  purgeBillingEventsTask,
];
