import { findOrganization } from "@/db/system";
import { withSystem } from "@/db/tenant";
import { createOrganization, type Founding } from "@/lib/organizations";
import { type Context, systemActor } from "@/lib/platform/context";
import type { ExternalOrganization } from "./ports";
import { buriedAt, graveOf } from "./tombstones";

export const providerContext = (founding: Founding, orgId: string): Context => ({
  ...founding,
  orgId,
  actor: systemActor("identity provider"),
});

/** Our organisation for the provider's; undefined when we have none. */
export async function findProviderOrganization(founding: Founding, externalId: string): Promise<Context | undefined> {
  const known = await findOrganization(founding.database, { externalId });
  return known && providerContext(founding, known.id);
}

/** Our organisation for the provider's, made now when it is new; undefined when it was deleted there. */
export async function ensureProviderOrganization(
  founding: Founding,
  organization: Pick<ExternalOrganization, "externalId" | "name"> & { updatedAt: Date | null },
): Promise<{ ctx: Context; isNew: boolean } | undefined> {
  const { externalId, name, updatedAt } = organization;
  const known = await findProviderOrganization(founding, externalId);
  if (known) return { ctx: known, isNew: false };
  if (await withSystem(founding.database, (tx) => buriedAt(tx, graveOf.organization(externalId)))) return undefined;
  try {
    const options = { owner: null, externalId, ...(updatedAt ? { externalUpdatedAt: updatedAt } : {}) };
    const made = await createOrganization(founding, { name: name.trim().slice(0, 80) || "Organisation" }, options);
    return { ctx: providerContext(founding, made.organization.id), isNew: true };
  } catch (error) {
    // Two deliveries at once: the other one made it.
    const raced = await findProviderOrganization(founding, externalId);
    if (raced) return { ctx: raced, isNew: false };
    throw error;
  }
}
