import { eq } from "drizzle-orm";
import { identityEvents, users } from "@/db/schema";
import { listMemberships } from "@/db/system";
import { withSystem } from "@/db/tenant";
import {
  closeFromProvider,
  endMembership,
  type Founding,
  putMembership,
  renameFromProvider,
} from "@/lib/organizations";
import type { ExternalMembership, ExternalOrganization, ExternalPerson, IdentityChange } from "./ports";
import { ensureProviderOrganization, findProviderOrganization, providerContext } from "./provider-context";
import { savePerson } from "./save-person";
import { buriedAt, bury, graveOf } from "./tombstones";

/**
 * Applies one delivery of the identity provider. Order does not matter: older facts are ignored and deletions remembered. A delivery id
 * seen before changes nothing; it is written down last, so that a crash in between repeats the work instead of losing it.
 */
export async function applyIdentityChange(
  founding: Founding,
  delivery: { id: string; type: string; change: IdentityChange },
): Promise<"applied" | "seen"> {
  const { database } = founding;
  const [seen] = await withSystem(database, (tx) =>
    tx.select({ id: identityEvents.id }).from(identityEvents).where(eq(identityEvents.id, delivery.id)),
  );
  if (seen) return "seen";
  await apply(founding, delivery.change);
  const row = { id: delivery.id, kind: delivery.type, receivedAt: founding.clock.now() };
  await withSystem(database, (tx) => tx.insert(identityEvents).values(row).onConflictDoNothing());
  return "applied";
}

async function apply(founding: Founding, change: IdentityChange): Promise<void> {
  switch (change.kind) {
    case "person.saved":
      await savePerson(founding.database, change.person);
      return;
    case "person.deleted":
      return deletePerson(founding, change);
    case "organization.saved":
      return saveOrganization(founding, change.organization);
    case "organization.deleted":
      return deleteOrganization(founding, change);
    case "membership.saved":
      return saveMembership(founding, change.membership, change.person);
    case "membership.deleted":
      return deleteMembership(founding, change);
    case "other":
      return;
  }
}

async function deletePerson(founding: Founding, { externalId, at }: { externalId: string; at: Date }): Promise<void> {
  const person = await withSystem(founding.database, async (tx) => {
    await bury(tx, graveOf.person(externalId), at);
    const [row] = await tx.select().from(users).where(eq(users.externalId, externalId));
    return row;
  });
  if (!person) return;
  const label = person.name || person.email;
  for (const { orgId } of await listMemberships(founding.database, person.id))
    await endMembership(providerContext(founding, orgId), { userId: person.id, at: founding.clock.now(), label });
  await withSystem(founding.database, (tx) => tx.delete(users).where(eq(users.id, person.id)));
}

async function saveOrganization(founding: Founding, organization: ExternalOrganization): Promise<void> {
  const found = await ensureProviderOrganization(founding, organization);
  if (!found) return;
  const { name, updatedAt, createdBy } = organization;
  await renameFromProvider(found.ctx, { name: name.trim().slice(0, 80), at: updatedAt });
  const founder = createdBy ? await findPerson(founding, createdBy) : undefined;
  if (!founder) return;
  const memberships = await listMemberships(founding.database, founder.id);
  const role = memberships.find((each) => each.orgId === found.ctx.orgId)?.role;
  // The founder's membership may not have arrived yet; it makes them owner itself.
  if (role === "admin")
    await putMembership(found.ctx, { ...memberOf(founder), role: "owner", at: founding.clock.now() });
}

async function deleteOrganization(founding: Founding, change: { externalId: string; at: Date }): Promise<void> {
  await withSystem(founding.database, (tx) => bury(tx, graveOf.organization(change.externalId), change.at));
  const ctx = await findProviderOrganization(founding, change.externalId);
  if (ctx) await closeFromProvider(ctx, { at: change.at });
}

async function saveMembership(
  founding: Founding,
  membership: ExternalMembership,
  named: Omit<ExternalPerson, "updatedAt"> | null,
): Promise<void> {
  const { organization, personExternalId, updatedAt } = membership;
  const grave = graveOf.membership(organization.externalId, personExternalId);
  const left = await withSystem(founding.database, (tx) => buriedAt(tx, grave));
  if (left && left >= updatedAt) return;
  const found = await ensureProviderOrganization(founding, organization);
  if (!found) return;
  let person = await findPerson(founding, personExternalId);
  if (!person && named) {
    // The person's own delivery is still to come and knows better.
    await savePerson(founding.database, { ...named, updatedAt: null });
    person = await findPerson(founding, personExternalId);
  }
  if (!person) return;
  const isFounder = organization.createdBy === personExternalId && membership.role === "admin";
  await putMembership(found.ctx, {
    ...memberOf(person),
    role: isFounder ? "owner" : membership.role,
    at: updatedAt,
  });
}

async function deleteMembership(
  founding: Founding,
  change: Extract<IdentityChange, { kind: "membership.deleted" }>,
): Promise<void> {
  const { organizationExternalId, personExternalId, at } = change;
  await withSystem(founding.database, (tx) =>
    bury(tx, graveOf.membership(organizationExternalId, personExternalId), at),
  );
  const ctx = await findProviderOrganization(founding, organizationExternalId);
  const person = await findPerson(founding, personExternalId);
  if (ctx && person) await endMembership(ctx, { ...memberOf(person), at });
}

type Person = { id: string; name: string; email: string };

async function findPerson(founding: Founding, externalId: string): Promise<Person | undefined> {
  const [row] = await withSystem(founding.database, (tx) =>
    tx
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(eq(users.externalId, externalId)),
  );
  return row;
}

const memberOf = (person: Person) => ({ userId: person.id, label: person.name || person.email });
