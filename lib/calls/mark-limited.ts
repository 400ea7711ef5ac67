import { and, eq } from "drizzle-orm";
import { calls } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** Notes on a call that has come in that its caller can only leave a message; it is not charged then. */
export async function markLimited(
  ctx: Context,
  { connectionId, externalId }: { connectionId: string; externalId: string },
): Promise<void> {
  authorise(ctx, "calls.write");
  const mine = and(eq(calls.orgId, ctx.orgId), eq(calls.connectionId, connectionId), eq(calls.externalId, externalId));
  await inTenant(ctx, (tx) => tx.update(calls).set({ isLimited: true }).where(mine));
}
