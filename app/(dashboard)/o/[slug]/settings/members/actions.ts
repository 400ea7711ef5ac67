"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { changeMemberRole, memberRefusalText, removeMember, revokeInvitation } from "@/lib/organizations";
import type { MemberRole } from "@/lib/organizations/schemas";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { inviteAndTell } from "@/lib/wiring/invite";
import { memberAction } from "@/lib/wiring/member-context";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");
const page = (slug: string) => `/o/${slug}/settings/members`;

export async function inviteAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission: "members.manage", form }, async (member) => {
    const state = await inviteAndTell(member, { email: text(form, "email"), role: text(form, "role") as MemberRole });
    revalidatePath(page(slug));
    return state;
  });
}

export async function revokeAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, "members.manage", async ({ ctx }) => {
    await revokeInvitation(ctx, { invitationId: text(form, "invitationId") });
    revalidatePath(page(slug));
    return done("Withdrawn.");
  });
}

export async function changeRoleAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, "members.manage", async ({ ctx }) => {
    const input = { memberId: text(form, "memberId"), role: text(form, "role") as MemberRole };
    const outcome = await changeMemberRole(ctx, input);
    if (!outcome.ok) return failed(memberRefusalText[outcome.reason]);
    revalidatePath(page(slug));
    return done("Saved.");
  });
}

export async function removeMemberAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, async ({ ctx, member }) => {
    const memberId = text(form, "memberId");
    const outcome = await removeMember(ctx, { memberId });
    if (!outcome.ok) return failed(memberRefusalText[outcome.reason]);
    if (memberId === member.id) redirect("/o");
    revalidatePath(page(slug));
    return done("Removed.");
  });
}
