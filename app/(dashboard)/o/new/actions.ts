"use server";

import { redirect } from "next/navigation";
import { createOrganization } from "@/lib/organizations";
import type { CreateOrganizationInput } from "@/lib/organizations/schemas";
import { type ActionState, formValues } from "@/lib/platform/form-state";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { processLog } from "@/lib/platform/runtime";
import { app } from "@/lib/wiring/app";
import { foundingOf } from "@/lib/wiring/founding";
import { actionState } from "@/lib/wiring/member-context";
import { getViewer } from "@/lib/wiring/viewer";

const PER_PERSON = { limit: 20, windowSeconds: 24 * 3600 };

export async function createAction(_previous: unknown, form: FormData): Promise<ActionState> {
  const viewer = await getViewer();
  if (!viewer) redirect("/sign-in?next=/o/new");
  const values = formValues(form);
  const state = await actionState({ log: processLog() }, async () => {
    const theApp = await app();
    await enforceLimit(theApp.limiter, `new-organisation:${viewer.userId}`, PER_PERSON);
    const owner = { userId: viewer.userId, label: viewer.name || viewer.email };
    const { organization } = await createOrganization(foundingOf(theApp), values as CreateOrganizationInput, {
      owner,
      onboarding: { step: 2 },
    });
    theApp.jobs.poke();
    redirect(`/o/${organization.slug}/onboarding`);
  });
  return { ...state, values };
}
