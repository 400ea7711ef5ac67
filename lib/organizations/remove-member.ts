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

const input = z.object({ memberId: z.string().max(64) });

/**
 * Takes a person out of the organisation; whoever may not manage members may still leave it themselves.
 * Refused: owners_only, last_owner, managed_elsewhere (the identity provider decides).
 */
export async function removeMember(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<Result<{ memberId: string }, MemberRefusal>> {
  const { memberId } = parse(input, given);
  const isSelf = ctx.actor.kind === "member" && ctx.actor.memberId === memberId;
  authorise(ctx, isSelf ? "read" : "members.manage");
  return inTenant(ctx, async (tx) => {
    const { member, of, ...rest } = await lockedMember(ctx, tx, memberId);
    const byOwner = may(ctx.actor, "owners.manage");
    const refused = refusalOf({ byOwner, from: member.role, to: undefined, ...rest });
    if (refused) return refused;
    await tx.delete(members).where(of);
    const changes = { role: member.role, userId: member.userId };
    await recordChange(ctx, tx, { action: "member.removed", subject: { kind: "member", id: memberId }, changes });
    return ok({ memberId });
  });
}
