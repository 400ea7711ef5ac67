import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { services, staffServices } from "@/db/schema";

export type StaffTerms = { serviceId: string; durationMinutes: number | null; weight: number };

/** Terms that say something, in the order in which they are listed. */
export const differing = (terms: readonly StaffTerms[]): StaffTerms[] =>
  terms
    .filter((each) => each.durationMinutes !== null || each.weight !== 1)
    .sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1));

/** Replaces what a person does and on which terms; undefined = every service there is. Ids of other organisations are left out. */
export async function writeStaffServices(
  tx: Tx,
  orgId: string,
  staffId: string,
  serviceIds: readonly string[] | undefined,
  terms: readonly StaffTerms[],
): Promise<void> {
  await tx.delete(staffServices).where(and(eq(staffServices.orgId, orgId), eq(staffServices.staffId, staffId)));
  if (serviceIds?.length === 0) return;
  const known = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.orgId, orgId), serviceIds ? inArray(services.id, [...serviceIds]) : undefined));
  const rows = known.map(({ id: serviceId }) => {
    const own = terms.find((each) => each.serviceId === serviceId);
    return { orgId, staffId, serviceId, durationMinutes: own?.durationMinutes ?? null, weight: own?.weight ?? 1 };
  });
  if (rows.length > 0) await tx.insert(staffServices).values(rows);
}
