"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { setOnboarding, updateOrganization } from "@/lib/organizations";
import type { UpdateOrganizationInput } from "@/lib/organizations/schemas";
import { type ActionState, formValues } from "@/lib/platform/form-state";
import { parse } from "@/lib/platform/parse";
import { memberAction } from "@/lib/wiring/member-context";
import { advance, awaitCall, ensureAgent, saveChannel, saveOffer } from "@/lib/wiring/set-up";
import { placeTestCall } from "@/lib/wiring/test-call";
import { readOfferForm } from "./read-offer-form";

const permission = "organization.manage";
const step = (slug: string, n: number) => `/o/${slug}/onboarding?step=${n}`;
/** The frame shows the name, the zone and whether the set-up is finished. */
const refreshFrame = (slug: string) => revalidatePath(`/o/${slug}`, "layout");
const channelForm = z.object({ channel: z.enum(["browser", "forward", "new_number", "provider"], "Choose one.") });

export async function saveBusinessStep(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    await updateOrganization(ctx, formValues(form) as UpdateOrganizationInput);
    await advance(ctx, org, 2);
    refreshFrame(slug);
    redirect(step(slug, 2));
  });
}

export async function saveOfferStep(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    await saveOffer(ctx, org, readOfferForm(form, org.currency));
    redirect(step(slug, 3));
  });
}

export async function saveChannelStep(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    await saveChannel(ctx, org, parse(channelForm, formValues(form)).channel);
    redirect(step(slug, 4));
  });
}

export async function skipStep(slug: string, from: number, _form: FormData): Promise<void> {
  await memberAction(slug, permission, async ({ ctx, org }) => {
    const isLast = from >= 4;
    await advance(ctx, org, isLast ? "done" : ((from + 1) as 2 | 3 | 4));
    refreshFrame(slug);
    redirect(isLast ? `/o/${slug}` : step(slug, from + 1));
  });
}

export async function testCallStep(slug: string, _previous: unknown, _form: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx, org }) => {
    await ensureAgent(ctx, org);
    const { externalId } = await placeTestCall(ctx);
    await setOnboarding(ctx, { ...org.onboarding, step: "done" });
    const callId = await awaitCall(ctx, externalId);
    refreshFrame(slug);
    redirect(callId ? `/o/${slug}/calls/${callId}` : `/o/${slug}/calls`);
  });
}
