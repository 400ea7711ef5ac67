"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionState, done } from "@/lib/platform/form-state";
import { closeResource, createResource, reopenResource, updateResource } from "@/lib/scheduling";
import { memberAction } from "@/lib/wiring/member-context";
import { readClosureForm } from "./read-closure-form";

const permission = "scheduling.configure";

const read = (form: FormData) => ({
  name: String(form.get("name") ?? ""),
  locationId: String(form.get("locationId") ?? "") || null,
});

export async function addResource(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const resource = await createResource(ctx, read(form));
    redirect(`/o/${slug}/settings/resources/${resource.id}?added=1`);
  });
}

export async function saveResource(
  slug: string,
  resourceId: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    await updateResource(ctx, { resourceId, ...read(form) });
    refresh();
    return done("Saved.");
  });
}

/** `active` in the form is "true" or "false". */
export async function setResourceActive(slug: string, resourceId: string, _: unknown, form: FormData) {
  return memberAction(slug, permission, async ({ ctx }) => {
    const active = form.get("active") === "true";
    await updateResource(ctx, { resourceId, active });
    refresh();
    return done(active ? "In use again." : "Archived.");
  });
}

export async function closeForTime(
  slug: string,
  resourceId: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const { booked } = await closeResource(ctx, { resourceId, ...readClosureForm(form) });
    refresh();
    return done(
      booked === 0
        ? "Closed. Nothing is booked in it then."
        : `Closed. ${booked === 1 ? "One booking stays" : `${booked} bookings stay`} in it then: see the list below.`,
    );
  });
}

export async function reopen(slug: string, closureId: string): Promise<void> {
  await memberAction(slug, permission, async ({ ctx }) => {
    await reopenResource(ctx, closureId);
    refresh();
    return done("Open again.");
  });
}
