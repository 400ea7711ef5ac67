"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionState, done } from "@/lib/platform/form-state";
import { createService, setServiceStaff, updateService } from "@/lib/scheduling";
import { memberAction } from "@/lib/wiring/member-context";
import { readServiceForm, readServiceStaffForm } from "./read-service-form";

const permission = "scheduling.configure";

export async function addService(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    await createService(ctx, readServiceForm(form, org.currency));
    redirect(`/o/${slug}/settings/services`);
  });
}

export async function saveService(
  slug: string,
  serviceId: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    await updateService(ctx, { serviceId, ...readServiceForm(form, org.currency) });
    refresh();
    return done("Saved. Calls from now on use it.");
  });
}

export async function saveServiceStaff(
  slug: string,
  serviceId: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    await setServiceStaff(ctx, { serviceId, people: readServiceStaffForm(form) });
    refresh();
    return done("Saved. Calls from now on use it.");
  });
}

/** `active` in the form is "true" or "false". */
export async function setServiceActive(slug: string, serviceId: string, _: unknown, form: FormData) {
  return memberAction(slug, permission, async ({ ctx }) => {
    const active = form.get("active") === "true";
    await updateService(ctx, { serviceId, active });
    refresh();
    return done(active ? "Offered again." : "Archived.");
  });
}
