import { sql } from "drizzle-orm";
import type { Database } from "../client";
import type { MemberRole, OnboardingState } from "../schema";
import { rows, toDate } from "./rows";

export type Membership = {
  orgId: string;
  slug: string;
  name: string;
  role: MemberRole;
  timeZone: string;
  isDemo: boolean;
  onboarding: OnboardingState;
};

export function listMemberships(database: Database, userId: string): Promise<Membership[]> {
  return rows(
    database,
    sql`select org_id as "orgId", slug, name, role, time_zone as "timeZone", is_demo as "isDemo", onboarding from system_memberships(${userId})`,
  );
}

export type OrganizationRef = { id: string; externalId: string | null; slug: string; name: string; isDemo: boolean };

/** By our slug or by the identity provider's id; undefined when neither matches. */
export async function findOrganization(
  database: Database,
  by: { slug: string } | { externalId: string },
): Promise<OrganizationRef | undefined> {
  const slug = "slug" in by ? by.slug : null;
  const externalId = "externalId" in by ? by.externalId : null;
  const [row] = await rows<OrganizationRef>(
    database,
    sql`select id, external_id as "externalId", slug, name, is_demo as "isDemo" from system_find_organization(${slug}, ${externalId})`,
  );
  return row;
}

/** Organisations that are not deleted, in id order after `afterId`. */
export const listOrganizationIds = async (database: Database, afterId: string, limit: number) =>
  (await rows<{ id: string }>(database, sql`select id from system_organization_ids(${afterId}, ${limit})`)).map(
    (r) => r.id,
  );

export type InvitationRef = {
  id: string;
  orgId: string;
  email: string;
  role: MemberRole;
  organizationName: string;
  slug: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
};

export async function findInvitation(database: Database, tokenHash: string): Promise<InvitationRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_invitation(${tokenHash})`);
  if (!row) return undefined;
  return {
    id: row.id as string,
    orgId: row.org_id as string,
    email: row.email as string,
    role: row.role as MemberRole,
    organizationName: row.organization_name as string,
    slug: row.slug as string,
    expiresAt: new Date(row.expires_at as string),
    acceptedAt: toDate(row.accepted_at),
    revokedAt: toDate(row.revoked_at),
  };
}
