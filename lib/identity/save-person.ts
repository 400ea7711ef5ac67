import { eq } from "drizzle-orm";
import type { Database, Tx } from "@/db/client";
import { users } from "@/db/schema";
import { sqlState, withSavepoint, withSystem } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import type { ExternalPerson } from "./ports";
import type { Viewer } from "./schemas";
import { buriedAt, graveOf } from "./tombstones";

/**
 * Writes what the provider says about a person, unless we know something newer. Somebody we know by a proven e-mail address is joined
 * to the provider's identity. undefined: the person was deleted there, or the unproven address is somebody else's.
 */
export function savePerson(
  database: Database,
  person: Omit<ExternalPerson, "updatedAt"> & { updatedAt: Date | null },
): Promise<Viewer | undefined> {
  return withSystem(database, async (tx) => {
    if (await buriedAt(tx, graveOf.person(person.externalId))) return undefined;
    const known = await findByExternalId(tx, person.externalId);
    if (known) return update(tx, known, person);
    try {
      return await withSavepoint(tx, () => create(tx, person));
    } catch (error) {
      if (sqlState(error) !== "23505") throw error;
    }
    // Two requests at once, or the address is known already.
    const raced = await findByExternalId(tx, person.externalId);
    return raced ? update(tx, raced, person) : join(tx, person);
  });
}

type Row = typeof users.$inferSelect;

export const viewerOf = ({
  id,
  email,
  emailVerified,
  name,
}: Pick<Row, "id" | "email" | "emailVerified" | "name">): Viewer => ({
  userId: id,
  email,
  emailVerified,
  name,
});

type Person = Parameters<typeof savePerson>[1];

async function findByExternalId(tx: Tx, externalId: string): Promise<Row | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.externalId, externalId));
  return row;
}

async function create(tx: Tx, { updatedAt, ...fields }: Person): Promise<Viewer> {
  const row = { id: newId("user"), ...fields, externalUpdatedAt: updatedAt };
  await tx.insert(users).values(row);
  return viewerOf(row);
}

async function update(tx: Tx, known: Row, person: Person): Promise<Viewer> {
  const viewer = viewerOf(known);
  const isOlder = !person.updatedAt || (known.externalUpdatedAt && known.externalUpdatedAt >= person.updatedAt);
  if (isOlder) return viewer;
  const { email, emailVerified, name, image, updatedAt } = person;
  const rest = { name, image, externalUpdatedAt: updatedAt, updatedAt: new Date() };
  try {
    await withSavepoint(tx, () =>
      tx
        .update(users)
        .set({ ...rest, email, emailVerified })
        .where(eq(users.id, known.id)),
    );
    return { ...viewer, email, emailVerified, name };
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    // The new address belongs to another person of ours: the old one stays.
    await tx.update(users).set(rest).where(eq(users.id, known.id));
    return { ...viewer, name };
  }
}

async function join(tx: Tx, person: Person): Promise<Viewer | undefined> {
  if (!person.emailVerified) return undefined;
  const { email, name, image, externalId, updatedAt } = person;
  const [row] = await tx
    .update(users)
    .set({ externalId, emailVerified: true, image, externalUpdatedAt: updatedAt, ...(name ? { name } : {}) })
    .where(eq(users.email, email))
    .returning();
  return row && viewerOf(row);
}
