import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { authorise } from "./authorise";

const input = z.object({ invitationId: z.string().max(64) });

/** Makes an open invitation worthless. `not_found` when there is none of that id, or it was accepted or revoked before. */
export async function revokeInvitation(ctx: Context, given: z.input<typeof input>): Promise<void> {
  authorise(ctx, "members.manage");
  const { invitationId } = parse(input, given);
  await inTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(invitations)
      .set({ revokedAt: ctx.clock.now() })
      .where(
        and(
          eq(invitations.orgId, ctx.orgId),
          eq(invitations.id, invitationId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning({ email: invitations.email });
    if (!row) throw notFound("This invitation");
    const subject = { kind: "invitation", id: invitationId };
    await recordChange(ctx, tx, { action: "invitation.revoked", subject, changes: { email: row.email } });
  });
}
