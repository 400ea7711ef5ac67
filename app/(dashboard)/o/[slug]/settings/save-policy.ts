"use server";

import { refresh } from "next/cache";
import { type ActionState, done } from "@/lib/platform/form-state";
import { removeCancellationPolicy, setCancellationPolicy } from "@/lib/scheduling";
import { memberAction } from "@/lib/wiring/member-context";
import { readPolicyForm } from "./read-policy-form";

/** `serviceId` null: the organisation's policy. A service whose form does not ask for its own follows the organisation's. */
export async function savePolicy(
  slug: string,
  serviceId: string | null,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission: "scheduling.configure", form }, async ({ ctx, org }) => {
    if (serviceId !== null && form.get("own") !== "on") await removeCancellationPolicy(ctx, { serviceId });
    else await setCancellationPolicy(ctx, { serviceId, ...readPolicyForm(form, org.currency) });
    refresh();
    return done("Saved. It holds from now on.");
  });
}
