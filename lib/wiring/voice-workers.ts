import "server-only";
import { sql } from "drizzle-orm";
import { listCallsToReconcile, listOrganizationIds, listUnprocessedInbox, type TenantRef } from "@/db/system";
import { inTenant } from "@/db/tenant";
import { readMessage } from "@/lib/adapters/vapi";
import {
  applyRetention,
  copyRecording,
  deleteErasedRecording,
  forgetCallViews,
  processInbox,
  reconcileCall,
} from "@/lib/calls";
import { closeConnections } from "@/lib/connections";
import { type Context, systemActor } from "@/lib/platform/context";
import { parseJson } from "@/lib/platform/http/json";
import { releaseHold } from "@/lib/scheduling";
import { type App, contextFor } from "./app";
import { voiceProviderFor } from "./voice-provider";
import type { WorkerSubscription, WorkerTask } from "./workers";

const BATCH = 100;
/** A message that is just being processed is left to whoever is at it. */
const INBOX_AGE_MS = 10_000;

/** undefined for a call that is not (any more) the organisation's. */
export async function providerOfCall(app: App, ctx: Context, callId: string) {
  const { rows } = await inTenant(ctx, (tx) => tx.execute(sql`select connection_id from calls where id = ${callId}`));
  const connectionId = (rows[0] as { connection_id: string } | undefined)?.connection_id;
  return connectionId ? voiceProviderFor(app, ctx, connectionId) : undefined;
}

export const voiceSubscriptions: Record<string, WorkerSubscription> = {
  "copy-recording": {
    on: ["call.reported", "recording.requested"],
    concurrency: 3,
    maxSeconds: 180,
    async run(app, { orgId, subjectId }) {
      const ctx = contextFor(app, orgId, systemActor("copy-recording"));
      await copyRecording(ctx, subjectId, { provider: await providerOfCall(app, ctx, subjectId), blobs: app.blobs });
    },
  },
  "delete-erased-recording": {
    on: ["call.erased"],
    run: (app, { orgId, subjectId }) =>
      deleteErasedRecording(contextFor(app, orgId, systemActor("delete-erased-recording")), subjectId, app.blobs),
  },
  "let-holds-go": {
    on: ["call.ended"],
    async run(app, { orgId, subjectId }) {
      await releaseHold(contextFor(app, orgId, systemActor("let-holds-go")), { callId: subjectId });
    },
  },
  "close-connections": {
    on: ["organization.closed"],
    run: (app, { orgId }) => closeConnections(contextFor(app, orgId, systemActor("close-connections"))),
  },
  "forget-call-views": {
    on: ["organization.closed"],
    run: (app, { orgId }) => forgetCallViews(contextFor(app, orgId, systemActor("forget-call-views"))),
  },
};

/** Each in its organisation; one that fails is logged and does not keep the others. */
async function forEach(
  app: App,
  job: string,
  refs: readonly TenantRef[],
  signal: AbortSignal,
  work: (ctx: Context, id: string) => Promise<unknown>,
): Promise<void> {
  for (const { id, orgId } of refs) {
    if (signal.aborted) return;
    const ctx = contextFor(app, orgId, systemActor(job));
    await work(ctx, id).catch((error: unknown) => ctx.log.error({ err: error, job, subjectId: id }, "task failed"));
  }
  if (refs.length > 0) app.jobs.poke();
}

export const voiceTasks: WorkerTask[] = [
  {
    name: "reconcile-calls",
    everySeconds: 15,
    async run(app, signal) {
      const due = await listCallsToReconcile(app.database, app.clock.now(), BATCH);
      await forEach(app, "reconcile-calls", due, signal, async (ctx, callId) =>
        reconcileCall(ctx, callId, await providerOfCall(app, ctx, callId)),
      );
    },
  },
  {
    name: "process-inbox",
    everySeconds: 15,
    async run(app, signal) {
      const olderThan = new Date(app.clock.now().getTime() - INBOX_AGE_MS);
      const waiting = await listUnprocessedInbox(app.database, olderThan, BATCH);
      await forEach(app, "process-inbox", waiting, signal, (ctx, inboxId) =>
        processInbox(ctx, inboxId, (raw) => readMessage(parseJson(raw), raw)),
      );
    },
  },
  {
    name: "retention",
    everySeconds: 3600,
    async run(app, signal) {
      for (let after = ""; !signal.aborted; ) {
        const ids = await listOrganizationIds(app.database, after, BATCH);
        await forEach(
          app,
          "retention",
          ids.map((id) => ({ id, orgId: id })),
          signal,
          async (ctx) => {
            while (!signal.aborted && (await applyRetention(ctx)) > 0);
          },
        );
        after = ids.at(-1) ?? "";
        if (ids.length < BATCH) return;
      }
    },
  },
];
