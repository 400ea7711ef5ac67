"use server";

import { revalidatePath } from "next/cache";
import { type CorrectCallInput, correctCall, retryRecording } from "@/lib/calls";
import { type ActionState, done, type FormState, failed } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";

type State = Pick<FormState, "message"> | null | undefined;

export async function correct(slug: string, callId: string, _previous: State, form: FormData): Promise<ActionState> {
  return memberAction(slug, "calls.write", async ({ ctx }) => {
    const outcome = form.get("outcome");
    const input = {
      callId,
      ...(outcome ? { outcome } : {}),
      summary: String(form.get("summary") ?? ""),
      needsReview: form.get("needsReview") === "on",
    };
    const corrected = await correctCall(ctx, input as CorrectCallInput);
    if (!corrected.ok) return failed("The call is still going on. Correct it when it has ended.");
    revalidatePath(`/o/${slug}/calls`, "layout");
    return done("Saved.");
  });
}

export async function fetchRecordingAgain(slug: string, callId: string): Promise<ActionState> {
  return memberAction(slug, "calls.write", async ({ ctx }) => {
    const again = await retryRecording(ctx, { callId });
    revalidatePath(`/o/${slug}/calls/${callId}`);
    return again.ok ? done("It is being fetched again.") : failed("There is nothing to fetch again.");
  });
}
