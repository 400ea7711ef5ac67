import { eq } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

export type Subscription = typeof subscriptions.$inferSelect;

/** What the organisation has; undefined while billing is not configured. */
export async function findSubscription(ctx: Context): Promise<Subscription | undefined> {
  authorise(ctx, "billing.read");
  const [row] = await inTenant(ctx, (tx) => tx.select().from(subscriptions).where(eq(subscriptions.orgId, ctx.orgId)));
  return row;
}
