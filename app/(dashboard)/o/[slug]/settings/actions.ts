"use server";

import { revalidatePath } from "next/cache";
import { updateOrganization } from "@/lib/organizations";
import type { UpdateOrganizationInput } from "@/lib/organizations/schemas";
import { type ActionState, done, type FormState, formValues } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";

export async function saveOrganization(slug: string, _previous: FormState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission: "organization.manage", form }, async ({ ctx }) => {
    await updateOrganization(ctx, formValues(form) as UpdateOrganizationInput);
    revalidatePath(`/o/${slug}`, "layout");
    return done("Saved.");
  });
}
