import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { locations } from "@/db/schema";
import { invalid } from "@/lib/platform/errors";

/** null is allowed: wherever the business is. */
export async function refuseUnknownLocation(tx: Tx, orgId: string, locationId: string | null): Promise<void> {
  if (locationId === null) return;
  const [known] = await tx
    .select({ id: locations.id })
    .from(locations)
    .where(and(eq(locations.orgId, orgId), eq(locations.id, locationId)));
  if (!known) throw invalid([{ path: "locationId", message: "That place does not exist." }]);
}
