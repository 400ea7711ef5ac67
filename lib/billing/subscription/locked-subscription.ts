import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import type { Context } from "@/lib/platform/context";

export type Subscription = typeof subscriptions.$inferSelect;

/** The organisation's subscription, kept from others until the transaction ends; undefined while billing is not configured. */
export async function lockedSubscription(ctx: Context, tx: Tx): Promise<Subscription | undefined> {
  const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.orgId, ctx.orgId)).for("update");
  return row;
}

/** One at the engine that is not over: what can be changed and cancelled. */
export const isSubscribed = (
  row: Subscription | undefined,
): row is Subscription & { customerRef: string; subscriptionRef: string } =>
  Boolean(row?.customerRef && row.subscriptionRef) &&
  row !== undefined &&
  !["canceled", "incomplete", "incomplete_expired"].includes(row.status);
