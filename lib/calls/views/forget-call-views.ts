import { eq } from "drizzle-orm";
import { callViews } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** After the organisation was closed: what its members looked for is kept for nobody. */
export async function forgetCallViews(ctx: Context): Promise<void> {
  authorise(ctx, "organization.manage");
  await inTenant(ctx, (tx) => tx.delete(callViews).where(eq(callViews.orgId, ctx.orgId)));
}
