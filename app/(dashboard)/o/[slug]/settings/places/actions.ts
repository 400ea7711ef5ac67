"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionState, done } from "@/lib/platform/form-state";
import { createLocation, updateLocation } from "@/lib/scheduling";
import { memberAction } from "@/lib/wiring/member-context";

const permission = "scheduling.configure";

const read = (form: FormData) => {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return { name: text("name"), address: text("address"), timeZone: text("timeZone") || null };
};

export async function addPlace(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const place = await createLocation(ctx, read(form));
    redirect(`/o/${slug}/settings/places/${place.id}?added=1`);
  });
}

export async function savePlace(
  slug: string,
  locationId: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    await updateLocation(ctx, { locationId, ...read(form) });
    refresh();
    return done("Saved. Times offered from now on keep to it.");
  });
}

/** `active` in the form is "true" or "false". */
export async function setPlaceActive(slug: string, locationId: string, _: unknown, form: FormData) {
  return memberAction(slug, permission, async ({ ctx }) => {
    const active = form.get("active") === "true";
    await updateLocation(ctx, { locationId, active });
    refresh();
    return done(active ? "Open again." : "Archived.");
  });
}
