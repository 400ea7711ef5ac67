import { sql } from "drizzle-orm";
import { resources } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { refuseUnknownLocation } from "./refuse-unknown-location";
import { type Resource, type ResourceInput, resourceInput } from "./schemas";

/** Adds a room, a chair, a machine. It matters to the services that name it in one of their pools. */
export async function createResource(ctx: Context, input: ResourceInput): Promise<Resource> {
  authorise(ctx, "scheduling.configure");
  const values = parse(resourceInput, input);
  const id = newId("resource");
  return inTenant(ctx, async (tx) => {
    await refuseUnknownLocation(tx, ctx.orgId, values.locationId);
    const position = sql`(select coalesce(max(position), 0) + 1 from resources where org_id = ${ctx.orgId})`;
    await tx.insert(resources).values({ id, orgId: ctx.orgId, ...values, position });
    await recordChange(ctx, tx, {
      action: "resource.changed",
      subject: { kind: "resource", id },
      changes: { created: values.name },
      payload: { resourceId: id },
    });
    return { id, ...values, active: true, closures: [] };
  });
}
