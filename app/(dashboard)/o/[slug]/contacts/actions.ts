"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { eraseContactCalls } from "@/lib/calls";
import { createContact, eraseContact, updateContact } from "@/lib/contacts";
import { type ActionState, done, type FormState, failed, formValues } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";

const taken = "Another contact has this number.";

export async function addContact(slug: string, _previous: FormState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission: "contacts.write", form }, async ({ ctx }) => {
    const made = await createContact(ctx, formValues(form));
    if (!made.ok) return failed(taken, { phone: taken });
    revalidatePath(`/o/${slug}/contacts`, "layout");
    redirect(`/o/${slug}/contacts/${made.value.id}`);
  });
}

export async function saveContact(
  slug: string,
  contactId: string,
  _previous: FormState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission: "contacts.write", form }, async ({ ctx }) => {
    const { preferredStaffId, ...values } = formValues(form);
    const preferred = preferredStaffId === undefined ? {} : { preferredStaffId: preferredStaffId || null };
    const saved = await updateContact(ctx, { ...values, ...preferred, contactId });
    if (!saved.ok) return failed(taken, { phone: taken });
    revalidatePath(`/o/${slug}/contacts`, "layout");
    return done("Saved.");
  });
}

export async function removeContact(slug: string, contactId: string): Promise<ActionState> {
  return memberAction(slug, "contacts.erase", async ({ ctx }) => {
    await eraseContact(ctx, { contactId }, { eraseCalls: eraseContactCalls });
    revalidatePath(`/o/${slug}`, "layout");
    redirect(`/o/${slug}/contacts`);
  });
}
