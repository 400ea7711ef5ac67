import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type Result, refuse } from "@/lib/platform/result";
import type { CheckoutPort } from "../ports";
import { lockedSubscription } from "./locked-subscription";
import { reachEngine } from "./reach-engine";

/** Gives the engine's own page of the payment method, the address and the invoices; it is for whoever is sent there now. */
export async function openPortal(
  ctx: Context,
  port: CheckoutPort,
  { returnUrl }: { returnUrl: string },
): Promise<Result<{ url: string }, "not_subscribed" | "unavailable">> {
  authorise(ctx, "billing.manage");
  const customerRef = await inTenant(ctx, async (tx) => (await lockedSubscription(ctx, tx))?.customerRef);
  if (!customerRef) return refuse("not_subscribed");
  const opened = await reachEngine(ctx, () => port.openPortal({ customerRef, returnUrl }));
  if (opened.ok)
    await inTenant(ctx, (tx) =>
      recordChange(ctx, tx, {
        action: "subscription.portal_opened",
        subject: { kind: "subscription", id: ctx.orgId },
      }),
    );
  return opened;
}
