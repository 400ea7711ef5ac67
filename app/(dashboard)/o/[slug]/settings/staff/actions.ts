"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionState, done } from "@/lib/platform/form-state";
import { createStaff, updateStaff } from "@/lib/scheduling";
import { memberAction } from "@/lib/wiring/member-context";
import { readStaffForm } from "./read-staff-form";

const permission = "scheduling.configure";

export async function addStaff(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const person = await createStaff(ctx, readStaffForm(form));
    redirect(`/o/${slug}/settings/staff/${person.id}?added=1`);
  });
}

export async function saveStaff(slug: string, staffId: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    await updateStaff(ctx, { staffId, ...readStaffForm(form) });
    refresh();
    return done("Saved. Calls from now on use it.");
  });
}

/** `active` in the form is "true" or "false". */
export async function setStaffActive(slug: string, staffId: string, _: unknown, form: FormData) {
  return memberAction(slug, permission, async ({ ctx }) => {
    const active = form.get("active") === "true";
    await updateStaff(ctx, { staffId, active });
    refresh();
    return done(active ? "Bookable again." : "Archived.");
  });
}
