import { eq } from "drizzle-orm";
import { organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { authorise } from "./authorise";
import type { Organization } from "./schemas";

/** The context's own organisation. */
export async function getOrganization(ctx: Context): Promise<Organization> {
  authorise(ctx, "read");
  const [row] = await inTenant(ctx, (tx) => tx.select().from(organizations).where(eq(organizations.id, ctx.orgId)));
  if (!row) throw notFound("This organisation");
  return row;
}
