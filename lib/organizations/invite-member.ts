import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { invitations, organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { keepWithinPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { authorise } from "./authorise";
import { may } from "./rules/permissions";
import { memberRole } from "./schemas";

const VALID_DAYS = 7;

const input = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, "This address is too long.")
    .pipe(z.email("This does not look like an e-mail address.")),
  role: memberRole,
});

export type InviteRefusal = "already_member" | "owners_only" | "managed_elsewhere";

/**
 * Invites an e-mail address for seven days; an invitation it already has is replaced. `token` belongs into the link and exists nowhere
 * else: only its hash is kept. Refused: already_member, owners_only (an owner is invited by an owner), managed_elsewhere. Throws `forbidden` where
 * the plan has no room for one more.
 */
export async function inviteMember(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<
  Result<
    { invitationId: string; token: string; email: string; organizationName: string; expiresAt: Date },
    InviteRefusal
  >
> {
  authorise(ctx, "members.manage");
  const { email, role } = parse(input, given);
  if (role === "owner" && !may(ctx.actor, "owners.manage")) return refuse("owners_only");
  return inTenant(ctx, async (tx, scope) => {
    const [org] = await tx.select().from(organizations).where(eq(organizations.id, ctx.orgId)).for("update");
    if (!org || org.externalId !== null) return refuse("managed_elsewhere");
    const { rows } = await tx.execute(sql`select 1 from org_people() where email = ${email}`);
    if (rows.length > 0) return refuse("already_member");
    const now = ctx.clock.now();
    await tx
      .update(invitations)
      .set({ revokedAt: now })
      .where(
        and(
          eq(invitations.orgId, ctx.orgId),
          eq(invitations.email, email),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      );
    await keepWithinPlan(scope, "members", {
      at: "email",
      count: async () => {
        const { rows: counts } = await tx.execute(sql`
          select (select count(*) from members where org_id = ${ctx.orgId})::int + (select count(*) from invitations
            where org_id = ${ctx.orgId} and accepted_at is null and revoked_at is null and expires_at > ${now.toISOString()}::timestamptz)::int as n`);
        return (counts[0] as { n: number }).n;
      },
    });
    const id = newId("invitation");
    const token = randomToken();
    const expiresAt = new Date(now.getTime() + VALID_DAYS * 86_400_000);
    const invitedBy = ctx.actor.kind === "member" ? ctx.actor.userId : ctx.actor.kind;
    const row = {
      id,
      orgId: ctx.orgId,
      email,
      role,
      tokenHash: sha256Hex(token),
      invitedBy,
      expiresAt,
      createdAt: now,
    };
    await tx.insert(invitations).values(row);
    const subject = { kind: "invitation", id };
    await recordChange(ctx, tx, { action: "invitation.created", subject, changes: { email, role } });
    return ok({ invitationId: id, token, email, organizationName: org.name, expiresAt });
  });
}
