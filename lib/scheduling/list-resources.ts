import { and, asc, eq, gt } from "drizzle-orm";
import { resourceClosures, resources } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { Resource } from "./schemas";

/** With the times when each is closed, in the owner's order; archived ones only on request. */
export async function listResources(ctx: Context, options: { includeArchived?: boolean } = {}): Promise<Resource[]> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const closed = await tx
      .select({
        id: resourceClosures.id,
        resourceId: resourceClosures.resourceId,
        startsAt: resourceClosures.startsAt,
        endsAt: resourceClosures.endsAt,
        reason: resourceClosures.reason,
      })
      .from(resourceClosures)
      .where(and(eq(resourceClosures.orgId, ctx.orgId), gt(resourceClosures.endsAt, ctx.clock.now())))
      .orderBy(asc(resourceClosures.startsAt), asc(resourceClosures.id));
    const rows = await tx
      .select({ id: resources.id, name: resources.name, locationId: resources.locationId, active: resources.active })
      .from(resources)
      .where(and(eq(resources.orgId, ctx.orgId), options.includeArchived ? undefined : eq(resources.active, true)))
      .orderBy(asc(resources.position), asc(resources.id));
    return rows.map((row) => ({
      ...row,
      closures: closed.flatMap(({ resourceId, ...closure }) => (resourceId === row.id ? [closure] : [])),
    }));
  });
}

/** Archived ones too. Throws `not_found`. */
export async function getResource(ctx: Context, resourceId: string): Promise<Resource> {
  const resource = (await listResources(ctx, { includeArchived: true })).find((each) => each.id === resourceId);
  if (!resource) throw notFound("This resource");
  return resource;
}
