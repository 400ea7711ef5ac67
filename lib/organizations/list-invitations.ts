import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { authorise } from "./authorise";
import type { Invitation } from "./schemas";

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(ctx: Context): Promise<Invitation[]> {
  authorise(ctx, "members.manage");
  const { id, email, role, expiresAt, createdAt } = invitations;
  return inTenant(ctx, (tx) =>
    tx
      .select({ id, email, role, expiresAt, createdAt })
      .from(invitations)
      .where(
        and(
          eq(invitations.orgId, ctx.orgId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, ctx.clock.now()),
        ),
      )
      .orderBy(desc(invitations.createdAt), desc(invitations.id))
      .limit(200),
  );
}
