import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { authorise } from "./authorise";
import type { MemberRole } from "./schemas";

/**
 * Makes the person a member as an identity provider says, `at` being when it said so: what we know from later stays. An owner whom the
 * provider calls admin stays owner, since its roles end there.
 */
export async function putMembership(
  ctx: Context,
  input: { userId: string; role: MemberRole; at: Date; label: string },
): Promise<void> {
  authorise(ctx, "owners.manage");
  const { userId, at, label } = input;
  await inTenant(ctx, async (tx) => {
    const id = newId("member");
    const [added] = await tx
      .insert(members)
      .values({ id, orgId: ctx.orgId, userId, role: input.role, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning({ id: members.id });
    if (added) {
      const changes = { person: label, role: input.role };
      await recordChange(ctx, tx, { action: "member.added", subject: { kind: "member", id }, changes });
      return;
    }
    const of = and(eq(members.orgId, ctx.orgId), eq(members.userId, userId));
    const [known] = await tx.select().from(members).where(of).for("update");
    if (!known || known.updatedAt > at) return;
    const role = known.role === "owner" && input.role === "admin" ? "owner" : input.role;
    await tx.update(members).set({ role, updatedAt: at }).where(of);
    if (role === known.role) return;
    const changes = { person: label, role: { from: known.role, to: role } };
    await recordChange(ctx, tx, { action: "member.updated", subject: { kind: "member", id: known.id }, changes });
  });
}

/** Ends a membership as the provider says, unless it was (re)made after `at`. */
export async function endMembership(ctx: Context, input: { userId: string; at: Date; label: string }): Promise<void> {
  authorise(ctx, "owners.manage");
  await inTenant(ctx, async (tx) => {
    const of = and(eq(members.orgId, ctx.orgId), eq(members.userId, input.userId));
    const [known] = await tx.select().from(members).where(of).for("update");
    if (!known || known.updatedAt > input.at) return;
    await tx.delete(members).where(of);
    const changes = { person: input.label };
    await recordChange(ctx, tx, { action: "member.removed", subject: { kind: "member", id: known.id }, changes });
  });
}
