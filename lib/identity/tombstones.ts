import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identityEvents } from "@/db/schema";

/**
 * The provider's deliveries arrive in any order: what was deleted is remembered, so that a late "updated" does not bring it back.
 * Kept beside the deliveries themselves, under an id no delivery has; `receivedAt` is the time of the deletion.
 */
const tombstone = {
  person: (externalId: string) => `gone:person:${externalId}`,
  organization: (externalId: string) => `gone:organization:${externalId}`,
  membership: (organizationId: string, personId: string) => `gone:membership:${organizationId}:${personId}`,
};

export type Grave = string;
export const graveOf = tombstone;

export async function bury(tx: Tx, grave: Grave, at: Date): Promise<void> {
  await tx
    .insert(identityEvents)
    .values({ id: grave, kind: "tombstone", receivedAt: at })
    .onConflictDoUpdate({
      target: identityEvents.id,
      set: { receivedAt: sql`greatest(${identityEvents.receivedAt}, excluded.received_at)` },
    });
}

/** When the thing was deleted; undefined when it never was. */
export async function buriedAt(tx: Tx, grave: Grave): Promise<Date | undefined> {
  const [row] = await tx
    .select({ at: identityEvents.receivedAt })
    .from(identityEvents)
    .where(eq(identityEvents.id, grave));
  return row?.at;
}
