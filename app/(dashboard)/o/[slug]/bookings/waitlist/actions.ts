"use server";

import { refresh } from "next/cache";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { acceptOffer, declineOffer, joinWaitlist, leaveWaitlist, offerByHand } from "@/lib/waitlist";
import { memberAction } from "@/lib/wiring/member-context";
import { readJoinForm } from "./read-join-form";

const permission = "bookings.write";

const sentences = {
  invalid_phone: "That is not a telephone number. Add the country code if it is from abroad.",
  unknown_service: "Choose a service, and a person who is still here.",
  nothing_free: "Nothing is free that suits and was not offered before.",
  not_waiting: "They have an open offer, or wait no longer.",
  offer_expired: "That offer has run out; the time went on.",
  offer_closed: "That offer was declined or taken back.",
  time_gone: "That time can no longer be booked.",
};

export async function addToWaitlist(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const result = await joinWaitlist(ctx, readJoinForm(form));
    refresh();
    if (result.ok) return done(`On the list, number ${result.value.place} for this service.`);
    const field = result.reason === "invalid_phone" ? "phone" : "serviceId";
    return failed(sentences[result.reason], { [field]: sentences[result.reason] });
  });
}

export async function offerNow(slug: string, entryId: string, _: unknown, __: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const result = await offerByHand(ctx, { entryId });
    refresh();
    return result.ok ? done("Offered.") : failed(sentences[result.reason]);
  });
}

export async function removeFromWaitlist(
  slug: string,
  entryId: string,
  _: unknown,
  __: FormData,
): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    await leaveWaitlist(ctx, { entryId });
    refresh();
    return done("Removed.");
  });
}

export async function acceptForThem(slug: string, offerId: string, _: unknown, __: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const result = await acceptOffer(ctx, { offerId });
    refresh();
    return result.ok ? done("Booked.") : failed(sentences[result.reason]);
  });
}

export async function declineForThem(slug: string, offerId: string, _: unknown, __: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    await declineOffer(ctx, { offerId });
    refresh();
    return done("The time goes to the next.");
  });
}
