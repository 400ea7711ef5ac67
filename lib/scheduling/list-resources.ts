import { and, asc, eq } from "drizzle-orm";
import { resources } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { Resource } from "./schemas";

/** In the owner's order; archived ones only on request. */
export async function listResources(ctx: Context, options: { includeArchived?: boolean } = {}): Promise<Resource[]> {
  authorise(ctx, "read");
  return inTenant(ctx, (tx) =>
    tx
      .select({ id: resources.id, name: resources.name, locationId: resources.locationId, active: resources.active })
      .from(resources)
      .where(and(eq(resources.orgId, ctx.orgId), options.includeArchived ? undefined : eq(resources.active, true)))
      .orderBy(asc(resources.position), asc(resources.id)),
  );
}

/** Archived ones too. Throws `not_found`. */
export async function getResource(ctx: Context, resourceId: string): Promise<Resource> {
  const resource = (await listResources(ctx, { includeArchived: true })).find((each) => each.id === resourceId);
  if (!resource) throw notFound("This resource");
  return resource;
}
