import { eq, sql } from "drizzle-orm";
import { members } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { authorise } from "./authorise";
import type { Member } from "./schemas";

const rank = { owner: 0, admin: 1, member: 2, viewer: 3 } as const;

/** Everybody of the organisation: owners first, then by name. */
export async function listMembers(ctx: Context): Promise<Member[]> {
  authorise(ctx, "read");
  const rows = await inTenant(ctx, async (tx) => {
    const people = (await tx.execute(sql`select id, email, name from org_people()`)).rows as {
      id: string;
      email: string;
      name: string;
    }[];
    const byId = new Map(people.map((person) => [person.id, person]));
    const list = await tx.select().from(members).where(eq(members.orgId, ctx.orgId));
    return list.map(({ id, userId, role, createdAt }) => {
      const person = byId.get(userId);
      return { id, userId, role, createdAt, email: person?.email ?? "", name: person?.name ?? "" };
    });
  });
  return rows.sort((a, b) => rank[a.role] - rank[b.role] || (a.name || a.email).localeCompare(b.name || b.email, "en"));
}
