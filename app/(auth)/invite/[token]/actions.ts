"use server";

import { redirect } from "next/navigation";
import { acceptInvitation } from "@/lib/organizations";
import { type ActionState, type FormState, failed } from "@/lib/platform/form-state";
import { processLog } from "@/lib/platform/runtime";
import { app } from "@/lib/wiring/app";
import { foundingOf } from "@/lib/wiring/founding";
import { actionState } from "@/lib/wiring/member-context";
import { getViewer } from "@/lib/wiring/viewer";
import { inviteStateText } from "./texts";

export async function accept(token: string, _previous: FormState, _form: FormData): Promise<ActionState> {
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`);
  return actionState({ log: processLog() }, async () => {
    const theApp = await app();
    const outcome = await acceptInvitation(foundingOf(theApp), { token, viewer });
    if (!outcome.ok) return failed(inviteStateText[outcome.reason]);
    theApp.jobs.poke();
    redirect(`/o/${outcome.value.slug}`);
  });
}
