import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { locations, resources, serviceLocations, serviceResources } from "@/db/schema";
import { invalid } from "@/lib/platform/errors";

/** Seats share one person's time: a group that several people lead at once is not something we can promise. */
export function refuseGroupOfSeveral({ seats, staffNeeded }: { seats: number; staffNeeded: number }): void {
  if (seats > 1 && staffNeeded !== 1)
    throw invalid([{ path: "staffNeeded", message: "A service with several seats is done by one person." }]);
}

/** Replaces the resources a service occupies and the places where it is offered. Ids of other organisations are refused. */
export async function writeServiceNeeds(
  tx: Tx,
  orgId: string,
  serviceId: string,
  { pools, locationIds }: { pools: string[][]; locationIds: string[] },
): Promise<void> {
  const resourceIds = pools.flat();
  if (new Set(resourceIds).size !== resourceIds.length)
    throw invalid([{ path: "pools", message: "A resource stands in one pool only." }]);
  const known = async (table: typeof resources | typeof locations, ids: string[]) =>
    ids.length === 0
      ? 0
      : (
          await tx
            .select({ id: table.id })
            .from(table)
            .where(and(eq(table.orgId, orgId), inArray(table.id, ids)))
        ).length;
  if ((await known(resources, resourceIds)) !== resourceIds.length)
    throw invalid([{ path: "pools", message: "One of these resources does not exist." }]);
  if ((await known(locations, locationIds)) !== new Set(locationIds).size)
    throw invalid([{ path: "locationIds", message: "One of these places does not exist." }]);
  await tx
    .delete(serviceResources)
    .where(and(eq(serviceResources.orgId, orgId), eq(serviceResources.serviceId, serviceId)));
  await tx
    .delete(serviceLocations)
    .where(and(eq(serviceLocations.orgId, orgId), eq(serviceLocations.serviceId, serviceId)));
  const rows = pools.flatMap((pool, n) => pool.map((resourceId) => ({ orgId, serviceId, resourceId, pool: n + 1 })));
  if (rows.length > 0) await tx.insert(serviceResources).values(rows);
  const places = [...new Set(locationIds)].map((locationId) => ({ orgId, serviceId, locationId }));
  if (places.length > 0) await tx.insert(serviceLocations).values(places);
}
