import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { listMemberships } from "@/db/system";
import { withSystem } from "@/db/tenant";
import { type Founding, putMembership } from "@/lib/organizations";
import type { ExternalPerson, ExternalSession } from "./ports";
import { ensureProviderOrganization } from "./provider-context";
import { savePerson, viewerOf } from "./save-person";
import type { Viewer } from "./schemas";
import { buriedAt, graveOf } from "./tombstones";

/**
 * The person of ours behind a provider's verified session, made on first sight together with the organisation the session is in and the
 * membership of it; webhooks only correct drift. null: the person was deleted there. `fetchPerson` asks the provider when the token
 * carries no proven e-mail address; it is called for people we do not know alone.
 */
export async function recogniseSession(
  founding: Founding,
  session: ExternalSession,
  fetchPerson: (externalId: string) => Promise<ExternalPerson | undefined>,
): Promise<Viewer | null> {
  const viewer = (await findKnown(founding, session)) ?? (await meet(founding, session, fetchPerson));
  if (!viewer) return null;
  if (session.organization) await joinOrganization(founding, viewer, session, session.organization);
  return viewer;
}

async function findKnown(founding: Founding, session: ExternalSession): Promise<Viewer | undefined> {
  const [row] = await withSystem(founding.database, (tx) =>
    tx.select().from(users).where(eq(users.externalId, session.externalId)),
  );
  if (!row) return undefined;
  const isStale =
    session.email !== null && (session.email !== row.email || (session.emailVerified && !row.emailVerified));
  if (isStale && (!row.externalUpdatedAt || row.externalUpdatedAt < session.issuedAt)) return undefined;
  return viewerOf(row);
}

async function meet(
  founding: Founding,
  session: ExternalSession,
  fetchPerson: (externalId: string) => Promise<ExternalPerson | undefined>,
): Promise<Viewer | undefined> {
  const { externalId, email, emailVerified, name, issuedAt } = session;
  const person =
    email && emailVerified
      ? { externalId, email, emailVerified, name, image: null, updatedAt: issuedAt }
      : await fetchPerson(externalId);
  return person && savePerson(founding.database, person);
}

async function joinOrganization(
  founding: Founding,
  viewer: Viewer,
  session: ExternalSession,
  { externalId, slug, role }: NonNullable<ExternalSession["organization"]>,
): Promise<void> {
  const organization = { externalId, name: slug ?? "Organisation", updatedAt: null };
  const found = await ensureProviderOrganization(founding, organization);
  if (!found) return;
  const { ctx, isNew } = found;
  const memberships = await listMemberships(founding.database, viewer.userId);
  const known = memberships.find((each) => each.orgId === ctx.orgId);
  if (known && (known.role === role || (known.role === "owner" && role === "admin"))) return;
  const left = await withSystem(founding.database, (tx) =>
    buriedAt(tx, graveOf.membership(externalId, session.externalId)),
  );
  // The token outlives the membership by up to a minute.
  if (left && left >= session.issuedAt) return;
  await putMembership(ctx, {
    userId: viewer.userId,
    // Somebody has to own it; the provider's webhook names the founder, who then owns it as well.
    role: isNew && role === "admin" ? "owner" : role,
    at: session.issuedAt,
    label: viewer.name || viewer.email,
  });
}
