import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import type { Subscription } from "./locked-subscription";

/**
 * Writes what a member has decided about the subscription, with its audit row and event. It counts as a reading at the engine that is newer
 * than those that began before it: none of them takes it back.
 */
export async function saveSubscription(
  ctx: Context,
  tx: Tx,
  set: Partial<Subscription>,
  changes: Record<string, unknown>,
): Promise<void> {
  await tx
    .update(subscriptions)
    .set({ ...set, readingNo: sql`nextval('billing_readings')`, updatedAt: ctx.clock.now() })
    .where(eq(subscriptions.orgId, ctx.orgId));
  await recordChange(ctx, tx, {
    action: "subscription.changed",
    subject: { kind: "subscription", id: ctx.orgId },
    changes,
  });
}
