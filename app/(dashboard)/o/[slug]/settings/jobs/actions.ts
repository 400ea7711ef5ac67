"use server";

import { refresh } from "next/cache";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { app } from "@/lib/wiring/app";
import { memberAction } from "@/lib/wiring/member-context";
import { replayFailedJob } from "@/lib/wiring/replay-failed-job";

export async function replayJob(slug: string, jobId: string): Promise<ActionState> {
  return memberAction(slug, "organization.manage", async ({ ctx }) => {
    const isBack = await replayFailedJob(await app(), ctx, jobId);
    refresh();
    return isBack ? done("Running again.") : failed("This job is no longer here: somebody has run it again already.");
  });
}
