"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { changeCallView, deleteCallView, saveCallView, type ViewRefusal } from "@/lib/calls";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";
import { readCallsAddress } from "./calls-query";

const sayRefusal: Record<ViewRefusal, string> = {
  name_taken: "There is a view of this name. Choose another.",
  too_many_views: "There is no room for more views. Delete one that nobody needs.",
};
const refused = (reason: ViewRefusal) => failed("Nothing was saved.", { name: sayRefusal[reason] });

const read = (form: FormData) => ({ name: String(form.get("name") ?? ""), isShared: form.has("isShared") });

export async function saveView(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { form }, async ({ ctx }) => {
    const { cursor, dir, ...filter } = readCallsAddress(Object.fromEntries(form) as Record<string, string>);
    const saved = await saveCallView(ctx, { ...read(form), filter });
    if (!saved.ok) return refused(saved.reason);
    refresh();
    return done(`Saved as “${saved.value.name}”.`);
  });
}

export async function changeView(slug: string, viewId: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { form }, async ({ ctx }) => {
    const changed = await changeCallView(ctx, { viewId, ...read(form) });
    if (!changed.ok) return refused(changed.reason);
    refresh();
    return done("Saved.");
  });
}

export async function deleteView(slug: string, viewId: string): Promise<ActionState> {
  return memberAction(slug, async ({ ctx }) => {
    await deleteCallView(ctx, { viewId });
    redirect(`/o/${slug}/calls`);
  });
}
