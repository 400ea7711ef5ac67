import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { services, staffServices } from "@/db/schema";

/** Replaces what a person does; undefined = every service there is. Ids of other organisations are left out. */
export async function writeStaffServices(
  tx: Tx,
  orgId: string,
  staffId: string,
  serviceIds: readonly string[] | undefined,
): Promise<void> {
  await tx.delete(staffServices).where(and(eq(staffServices.orgId, orgId), eq(staffServices.staffId, staffId)));
  if (serviceIds?.length === 0) return;
  const known = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.orgId, orgId), serviceIds ? inArray(services.id, [...serviceIds]) : undefined));
  if (known.length > 0)
    await tx.insert(staffServices).values(known.map((service) => ({ orgId, staffId, serviceId: service.id })));
}
