import { z } from "zod";
import { members } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result } from "@/lib/platform/result";
import { authorise } from "./authorise";
import { lockedMember } from "./locked-member";
import { type MemberRefusal, refusalOf } from "./rules/member-changes";
import { may } from "./rules/permissions";
import { memberRole } from "./schemas";

const input = z.object({ memberId: z.string().max(64), role: memberRole });

/** Gives a member another role. Refused: owners_only, last_owner, managed_elsewhere (the identity provider decides). */
export async function changeMemberRole(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<Result<{ memberId: string }, MemberRefusal>> {
  authorise(ctx, "members.manage");
  const { memberId, role } = parse(input, given);
  return inTenant(ctx, async (tx) => {
    const { member, of, ...rest } = await lockedMember(ctx, tx, memberId);
    const byOwner = may(ctx.actor, "owners.manage");
    const refused = refusalOf({ byOwner, from: member.role, to: role, ...rest });
    if (refused) return refused;
    if (member.role === role) return ok({ memberId });
    await tx.update(members).set({ role, updatedAt: ctx.clock.now() }).where(of);
    const changes = { role: { from: member.role, to: role }, userId: member.userId };
    await recordChange(ctx, tx, { action: "member.updated", subject: { kind: "member", id: memberId }, changes });
    return ok({ memberId });
  });
}
