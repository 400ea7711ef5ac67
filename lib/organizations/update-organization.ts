import { eq } from "drizzle-orm";
import { organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { keepRetentionWithinPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { invalid, notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { authorise } from "./authorise";
import { transferNumberFrom } from "./rules/transfer-number";
import { type Organization, type UpdateOrganizationInput, updateOrganizationInput } from "./schemas";

/**
 * Changes what is given of the organisation and leaves the rest. `transferNumber` is read in the organisation's (new) country and kept as
 * E.164; "" removes it. The address (slug) stays. Writes nothing when nothing differs.
 */
export async function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<Organization> {
  authorise(ctx, "organization.manage");
  const { transferNumber, ...fields } = parse(updateOrganizationInput, input);
  return inTenant(ctx, async (tx, scope) => {
    const [before] = await tx.select().from(organizations).where(eq(organizations.id, ctx.orgId)).for("update");
    if (!before) throw notFound("This organisation");
    if (fields.retentionDays !== undefined && fields.retentionDays > before.retentionDays)
      await keepRetentionWithinPlan(scope, fields.retentionDays);
    const wanted: Partial<Organization> = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined));
    if (transferNumber !== undefined) {
      const number = transferNumberFrom(transferNumber, fields.country ?? before.country);
      if (number === undefined)
        throw invalid([{ path: "transferNumber", message: "This is not a telephone number in this country." }]);
      wanted.transferNumber = number;
    }
    const changes = Object.fromEntries(
      Object.entries(wanted)
        .filter(([name, value]) => before[name as keyof Organization] !== value)
        .map(([name, value]) => [name, { from: before[name as keyof Organization], to: value }]),
    );
    if (Object.keys(changes).length === 0) return before;
    const [after] = await tx
      .update(organizations)
      .set({ ...wanted, updatedAt: ctx.clock.now() })
      .where(eq(organizations.id, ctx.orgId))
      .returning();
    if (!after) throw notFound("This organisation");
    const subject = { kind: "organization", id: ctx.orgId };
    await recordChange(ctx, tx, { action: "organization.updated", subject, changes });
    return after;
  });
}
