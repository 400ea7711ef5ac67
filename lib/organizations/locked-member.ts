import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { members, organizations } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";

/** The member and what decides about them. The organisation's row is locked, so that two owners cannot remove each other at once. */
export async function lockedMember(ctx: Context, tx: Tx, memberId: string) {
  const [org] = await tx
    .select({ externalId: organizations.externalId })
    .from(organizations)
    .where(eq(organizations.id, ctx.orgId))
    .for("update");
  const rows = await tx.select().from(members).where(eq(members.orgId, ctx.orgId));
  const member = rows.find((row) => row.id === memberId);
  if (!org || !member) throw notFound("This member");
  return {
    member,
    owners: rows.filter((row) => row.role === "owner").length,
    isProviders: org.externalId !== null,
    of: and(eq(members.orgId, ctx.orgId), eq(members.id, memberId)),
  };
}
