import { and, eq } from "drizzle-orm";
import { services } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { getService } from "./list-services";
import { changedFields } from "./rules/changed-fields";
import { type Service, type ServiceInput, serviceInput } from "./schemas";
import { refuseGroupOfSeveral, writeServiceNeeds } from "./write-service-needs";

/** Changes what is given; bookings that exist keep their length and price. Throws `not_found`. */
export async function updateService(
  ctx: Context,
  input: Partial<ServiceInput> & { serviceId: string; active?: boolean },
): Promise<Service> {
  authorise(ctx, "scheduling.configure");
  const { serviceId, active, ...given } = input;
  return inTenant(ctx, async (tx, joined) => {
    const before = await getService(joined, serviceId);
    const wanted = { ...parse(serviceInput, { ...before, ...given }), active: active ?? before.active };
    refuseGroupOfSeveral(wanted);
    const changes = changedFields(before, wanted);
    if (Object.keys(changes).length === 0) return before;
    const { pools, locationIds, ...columns } = wanted;
    if (changes.pools || changes.locationIds) await writeServiceNeeds(tx, ctx.orgId, serviceId, { pools, locationIds });
    await tx
      .update(services)
      .set({ ...columns, updatedAt: ctx.clock.now() })
      .where(and(eq(services.orgId, ctx.orgId), eq(services.id, serviceId)));
    await recordChange(ctx, tx, {
      action: "service.changed",
      subject: { kind: "service", id: serviceId },
      changes,
      payload: { serviceId },
    });
    return getService(joined, serviceId);
  });
}

/** No longer offered; its bookings stay. `updateService` with `active: true` brings it back. */
export const archiveService = (ctx: Context, serviceId: string): Promise<Service> =>
  updateService(ctx, { serviceId, active: false });
