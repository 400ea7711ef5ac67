import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { CheckoutPort, RecordsPort } from "../ports";
import { applySubscription } from "./apply-subscription";
import { lockedSubscription } from "./locked-subscription";
import { nextReading } from "./next-reading";

/**
 * Of an organisation that was closed: nobody is there to cancel it. The engine is asked, not our row: a payment whose news has not come has
 * begun a subscription too. Throws where the engine cannot be reached, to be tried again; repeating it changes nothing.
 */
export async function endSubscription(ctx: Context, port: CheckoutPort & RecordsPort): Promise<void> {
  authorise(ctx, "ledger.write");
  const customerRef = await inTenant(ctx, async (tx) => (await lockedSubscription(ctx, tx))?.customerRef);
  if (!customerRef) return;
  await port.endAll(customerRef);
  const readingNo = await nextReading(ctx);
  const subscription = await port.readSubscriptionOf(customerRef);
  if (subscription) await applySubscription(ctx, { subscription, readingNo });
}
