import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations, members, organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { findBeyondPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { Founding } from "./create-organization";
import { findOpenInvitation } from "./find-open-invitation";

export type AcceptRefusal = "unknown" | "expired" | "accepted" | "revoked" | "other_address" | "plan_full";

/**
 * Makes the signed-in person a member as the invitation says. The invitation is for its e-mail address alone, and works once; somebody
 * who is a member already keeps their role. Refused: unknown, expired, accepted, revoked, other_address, plan_full (the invitation
 * was sent under a larger plan; it stays open).
 */
export async function acceptInvitation(
  founding: Founding,
  input: { token: string; viewer: { userId: string; email: string; name: string } },
): Promise<Result<{ slug: string }, AcceptRefusal>> {
  const found = await findOpenInvitation(founding, input.token);
  if (!found) return refuse("unknown");
  const { invitation, state } = found;
  const { viewer } = input;
  if (state === "accepted" || state === "revoked" || state === "expired") return refuse(state);
  if (invitation.email !== viewer.email.toLowerCase()) return refuse("other_address");
  const { orgId, role } = invitation;
  const memberId = newId("member");
  const label = viewer.name || viewer.email;
  const ctx: Context = { ...founding, orgId, actor: { kind: "member", userId: viewer.userId, memberId, role, label } };
  return withTenant(founding.database, orgId, async (tx) => {
    const now = ctx.clock.now();
    const [org] = await tx
      .select({ id: organizations.id })
      .from(organizations)
      .where(and(eq(organizations.id, orgId), isNull(organizations.deletedAt)));
    if (!org) return refuse("unknown");
    const people = () => tx.select({ userId: members.userId }).from(members).where(eq(members.orgId, orgId));
    const isMember = (await people()).some(({ userId }) => userId === viewer.userId);
    const beyond = !isMember && (await findBeyondPlan({ ...ctx, tx }, "members", async () => (await people()).length));
    if (beyond) return refuse("plan_full");
    const [taken] = await tx
      .update(invitations)
      .set({ acceptedAt: now })
      .where(
        and(
          eq(invitations.id, invitation.id),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, now),
        ),
      )
      .returning({ id: invitations.id });
    if (!taken) return refuse("accepted");
    const [added] = await tx
      .insert(members)
      .values({ id: memberId, orgId, userId: viewer.userId, role, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: members.id });
    if (added) {
      const changes = { person: label, role, invitationId: invitation.id };
      await recordChange(ctx, tx, { action: "member.added", subject: { kind: "member", id: memberId }, changes });
    }
    return ok({ slug: invitation.slug });
  });
}
