"use server";

import { revalidatePath } from "next/cache";
import { completeFollowUp } from "@/lib/calls";
import { type ActionState, done } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";
import { placeTestCall } from "@/lib/wiring/test-call";

export async function settleFollowUp(slug: string, followUpId: string, isDone: boolean): Promise<ActionState> {
  return memberAction(slug, "calls.write", async ({ ctx }) => {
    await completeFollowUp(ctx, { followUpId, isDone });
    revalidatePath(`/o/${slug}`, "layout");
    return done();
  });
}

export async function callOurAgent(slug: string): Promise<ActionState> {
  return memberAction(slug, "calls.write", async ({ ctx }) => {
    await placeTestCall(ctx);
    return done("The phone rings. The call appears under “Live now”.");
  });
}
