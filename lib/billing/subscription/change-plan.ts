import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Refusal, refuse } from "@/lib/platform/result";
import { sendBeforeChange } from "../meter/send-before-change";
import type { CheckoutPort, MeterPort } from "../ports";
import { type PlanChangeInput, planChangeInput } from "../schemas";
import { plannedChange } from "./planned-change";
import { reachEngine } from "./reach-engine";
import { saveSubscription } from "./save-subscription";

/** So long what was shown can be taken at its word. */
const PREVIEW_MINUTES = 15;
/** Clocks of two servers differ by less. */
const MOST_AHEAD_MS = 5_000;

type Refused =
  | Refusal<"not_subscribed" | "payment_owed" | "same_plan" | "preview_expired" | "declined" | "unavailable">
  | Refusal<"confirmation_needed", { url: string }>;

/**
 * Changes the plan for exactly what its preview showed, paid at once. "preview_expired": it was shown too long ago, or not yet, or would now
 * cost something else, because calls were counted meanwhile. "declined": the card did not pay. In both cases nothing has changed.
 * "confirmation_needed": the payer's bank asks them, on the invoice's page at `url`; once they have answered, the change comes about by itself.
 */
export async function changePlan(
  ctx: Context,
  port: CheckoutPort & MeterPort,
  input: PlanChangeInput,
): Promise<{ ok: true; value: { plan: string; every: "month" | "year" } } | Refused> {
  authorise(ctx, "billing.manage");
  const { at, dueNow, ...choice } = parse(planChangeInput, input);
  const planned = await plannedChange(ctx, choice);
  if (!planned.ok) return planned;
  const { subscription, from, to } = planned.value;
  const { periodStartsAt, periodEndsAt } = subscription;
  const age = ctx.clock.now().getTime() - at.getTime();
  // Where the engine's clock is ahead of ours, its period's start is shown, and may lie ahead as well.
  const isAhead = age < -MOST_AHEAD_MS && at > periodStartsAt;
  if (isAhead || age > PREVIEW_MINUTES * 60_000 || at < periodStartsAt || at > periodEndsAt)
    return refuse("preview_expired");
  const ref = subscription.subscriptionRef;
  await sendBeforeChange(ctx, port);
  const changed = await reachEngine(ctx, async () => {
    const now = await port.previewChange({ subscriptionRef: ref, to, at });
    if (now.dueNow !== dueNow) return "preview_expired" as const;
    const cause = `plan:${ref}:${to.plan}:${to.planVersion}:${to.every}:${at.toISOString()}`;
    return port.changePlan({ subscriptionRef: ref, to, at, cause });
  });
  if (!changed.ok) return changed;
  if (typeof changed.value === "object") return refuse("confirmation_needed", { url: changed.value.confirmAt });
  if (changed.value !== "changed") return refuse(changed.value);
  const minutesFrom = new Date(Math.min(at.getTime(), ctx.clock.now().getTime()));
  await inTenant(ctx, (tx) =>
    saveSubscription(
      ctx,
      tx,
      { plan: to.plan, planVersion: to.planVersion, billedEvery: to.every, minutesFrom },
      {
        plan: { from: `${from.plan} ${from.planVersion}`, to: `${to.plan} ${to.planVersion}` },
        every: { from: from.every, to: to.every },
        dueNow: dueNow.toString(),
        currency: to.currency,
      },
    ),
  );
  return ok({ plan: to.plan, every: to.every });
}
