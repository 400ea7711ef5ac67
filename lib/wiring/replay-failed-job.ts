import "server-only";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { App } from "./app";

/** Queues a job that failed for good once more and says so in the audit. False: it is not there (any more). */
export async function replayFailedJob(from: Pick<App, "jobs">, ctx: Context, jobId: string): Promise<boolean> {
  authorise(ctx, "organization.manage");
  const isBack = await from.jobs.replayDeadJob(ctx.orgId, jobId);
  if (isBack)
    await inTenant(ctx, (tx) => recordChange(ctx, tx, { action: "job.replayed", subject: { kind: "job", id: jobId } }));
  return isBack;
}
