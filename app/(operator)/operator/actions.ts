"use server";

import { refresh } from "next/cache";
import { applyProposal, dismissItem } from "@/lib/billing";
import type { Context } from "@/lib/platform/context";
import { type ActionState, done, failed, formValues } from "@/lib/platform/form-state";
import { app, contextFor } from "@/lib/wiring/app";
import { billingFor } from "@/lib/wiring/billing";
import { costTaker } from "@/lib/wiring/cost-taker";
import { actionState } from "@/lib/wiring/member-context";
import { operatorContext } from "@/lib/wiring/operator-context";

const words = {
  not_open: "Somebody has settled it meanwhile.",
  by_hand: "Nothing can do this by itself: put it right by hand, then dismiss it.",
  not_invoiced: "What it costs is known once its period is invoiced. Try again then.",
  busy: "The organisation’s minutes are being sent just now. Try again in a minute.",
  unreachable: "The provider does not say just now what the call cost. Try again later.",
  not_subscribed: "The organisation is no customer at Stripe any more: put it right by hand, then dismiss it.",
} as const;

/** As an operator, in the organisation whose difference it is. */
async function inItem(
  form: FormData,
  act: (asked: { ctx: Context; itemId: string; values: Record<string, string> }) => Promise<ActionState>,
): Promise<ActionState> {
  const running = await app();
  return actionState(running, async () => {
    const { actor } = await operatorContext();
    const values = formValues(form);
    const state = await act({ ctx: contextFor(running, values.org ?? "", actor), itemId: values.item ?? "", values });
    if (state.ok) {
      running.jobs.poke();
      refresh();
    }
    return state;
  });
}

export async function applyItem(_: ActionState, form: FormData): Promise<ActionState> {
  return inItem(form, async ({ ctx, itemId }) => {
    const running = await app();
    const billing = billingFor(running.env.stripe);
    if (!billing) return failed("Billing is not set up on this installation.");
    const applied = await applyProposal(ctx, billing.port, itemId, costTaker(running, ctx));
    return applied.ok ? done() : failed(words[applied.reason]);
  });
}

export async function dismiss(_: ActionState, form: FormData): Promise<ActionState> {
  return inItem(form, async ({ ctx, itemId, values }) => {
    const dismissed = await dismissItem(ctx, { itemId, reason: values.reason ?? "" });
    return dismissed.ok ? done() : failed(words[dismissed.reason]);
  });
}
