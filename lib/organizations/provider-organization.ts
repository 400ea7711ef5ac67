import { eq } from "drizzle-orm";
import { organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { authorise } from "./authorise";

/** Takes over the provider's name for the organisation unless we know a later one. The address (slug) stays: links point at it. */
export async function renameFromProvider(ctx: Context, input: { name: string; at: Date }): Promise<void> {
  authorise(ctx, "organization.manage");
  await inTenant(ctx, async (tx) => {
    const [known] = await tx.select().from(organizations).where(eq(organizations.id, ctx.orgId)).for("update");
    if (!known || (known.externalUpdatedAt && known.externalUpdatedAt >= input.at)) return;
    await tx
      .update(organizations)
      .set({ name: input.name, externalUpdatedAt: input.at, updatedAt: ctx.clock.now() })
      .where(eq(organizations.id, ctx.orgId));
    if (known.name === input.name) return;
    const changes = { name: { from: known.name, to: input.name } };
    const subject = { kind: "organization", id: ctx.orgId };
    await recordChange(ctx, tx, { action: "organization.updated", subject, changes });
  });
}

/** The provider has deleted the organisation: nobody gets in any more. Its data stays until retention takes it; calendars are let go. */
export async function closeFromProvider(ctx: Context, input: { at: Date }): Promise<void> {
  authorise(ctx, "organization.manage");
  await inTenant(ctx, async (tx) => {
    const [known] = await tx.select().from(organizations).where(eq(organizations.id, ctx.orgId)).for("update");
    if (!known || known.deletedAt) return;
    await tx.update(organizations).set({ deletedAt: input.at }).where(eq(organizations.id, ctx.orgId));
    const subject = { kind: "organization", id: ctx.orgId };
    await recordChange(ctx, tx, {
      action: "organization.closed",
      subject,
      changes: { deletedAt: input.at.toISOString() },
    });
  });
}
