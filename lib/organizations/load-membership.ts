import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { members, organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import type { MemberRole, Organization } from "./schemas";

/** The organisation and the person's place in it as they are now; undefined for whoever is not (or no longer) a member. */
export async function loadMembership(
  database: Database,
  by: { orgId: string; userId: string },
): Promise<{ org: Organization; member: { id: string; role: MemberRole } } | undefined> {
  const [row] = await withTenant(database, by.orgId, (tx) =>
    tx
      .select({ org: organizations, member: { id: members.id, role: members.role } })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.orgId))
      .where(and(eq(members.orgId, by.orgId), eq(members.userId, by.userId), isNull(organizations.deletedAt))),
  );
  return row;
}
