import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import { type Context, systemActor } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { RecordsPort } from "../ports";
import { applySubscription } from "./apply-subscription";
import { lockedSubscription } from "./locked-subscription";
import { nextReading } from "./next-reading";
import { reachEngine } from "./reach-engine";

/** Reads at the engine what there is now, for who comes back from its pages before the news does. Repeating it changes nothing. */
export async function syncSubscription(
  ctx: Context,
  port: RecordsPort,
): Promise<Result<{ isSubscribed: boolean }, "not_subscribed" | "unavailable">> {
  authorise(ctx, "billing.manage");
  const customerRef = await inTenant(ctx, async (tx) => (await lockedSubscription(ctx, tx))?.customerRef);
  if (!customerRef) return refuse("not_subscribed");
  const readingNo = await nextReading(ctx);
  const read = await reachEngine(ctx, () => port.readSubscriptionOf(customerRef));
  if (!read.ok) return read;
  const subscription = read.value;
  // What is told there is nobody's decision here.
  if (subscription)
    await applySubscription({ ...ctx, actor: systemActor("sync-subscription") }, { subscription, readingNo });
  return ok({ isSubscribed: subscription !== undefined });
}
