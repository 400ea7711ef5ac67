import { eq, sql } from "drizzle-orm";
import { services, staff, staffServices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { getService } from "./list-services";
import { type Service, type ServiceInput, serviceInput } from "./schemas";
import { refuseGroupOfSeveral, writeServiceNeeds } from "./write-service-needs";

/** Adds a service at the end of the list; everybody who is there now does it. */
export async function createService(ctx: Context, input: ServiceInput): Promise<Service> {
  authorise(ctx, "scheduling.configure");
  const { pools, locationIds, ...values } = parse(serviceInput, input);
  refuseGroupOfSeveral(values);
  const id = newId("service");
  return inTenant(ctx, async (tx, joined) => {
    await tx.insert(services).values({
      id,
      orgId: ctx.orgId,
      ...values,
      position: sql`(select coalesce(max(position), 0) + 1 from services where org_id = ${ctx.orgId})`,
    });
    await writeServiceNeeds(tx, ctx.orgId, id, { pools, locationIds });
    const people = await tx.select({ id: staff.id }).from(staff).where(eq(staff.orgId, ctx.orgId));
    if (people.length > 0)
      await tx
        .insert(staffServices)
        .values(people.map((person) => ({ orgId: ctx.orgId, staffId: person.id, serviceId: id })));
    await recordChange(ctx, tx, {
      action: "service.changed",
      subject: { kind: "service", id },
      changes: { created: values.name },
      payload: { serviceId: id },
    });
    return getService(joined, id);
  });
}
