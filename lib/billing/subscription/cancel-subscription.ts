import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { CheckoutPort } from "../ports";
import { isSubscribed, lockedSubscription } from "./locked-subscription";
import { reachEngine } from "./reach-engine";
import { saveSubscription } from "./save-subscription";

type Answer = Promise<Result<{ cancelAt: Date | null }, "not_subscribed" | "unavailable">>;

/** The subscription ends with its period; until then everything goes on. Said twice it changes nothing. */
export async function cancelSubscription(ctx: Context, port: CheckoutPort): Answer {
  authorise(ctx, "billing.manage");
  return setCancel(ctx, port, true);
}

/** Takes a cancellation back, before the period ends. */
export async function resumeSubscription(ctx: Context, port: CheckoutPort): Answer {
  authorise(ctx, "billing.manage");
  return setCancel(ctx, port, false);
}

async function setCancel(ctx: Context, port: CheckoutPort, cancel: boolean): Answer {
  const before = await inTenant(ctx, (tx) => lockedSubscription(ctx, tx));
  if (!isSubscribed(before)) return refuse("not_subscribed");
  if ((before.cancelAt !== null) === cancel) return ok({ cancelAt: before.cancelAt });
  const { subscriptionRef, readingNo } = before;
  // What is known of the subscription is part of the cause: cancelling again after it was taken back is another request.
  const cause = `${cancel ? "cancel" : "resume"}:${subscriptionRef}:${readingNo}`;
  const done = await reachEngine(ctx, () => port.setCancelAtPeriodEnd({ subscriptionRef, cancel, cause }));
  if (!done.ok) return done;
  const cancelAt = cancel ? before.periodEndsAt : null;
  await inTenant(ctx, (tx) =>
    saveSubscription(
      ctx,
      tx,
      { cancelAt },
      { cancelAt: { from: before.cancelAt?.toISOString() ?? null, to: cancelAt?.toISOString() ?? null } },
    ),
  );
  return ok({ cancelAt });
}
