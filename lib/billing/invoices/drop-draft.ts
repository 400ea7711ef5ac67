import { and, eq } from "drizzle-orm";
import { invoices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** An invoice that is not at the engine any more: drafts can be deleted there, what was issued cannot. It has moved nothing, and is shown as void. */
export async function dropDraft(ctx: Context, ref: string): Promise<void> {
  authorise(ctx, "ledger.write");
  await inTenant(ctx, async (tx) => {
    const [dropped] = await tx
      .update(invoices)
      .set({ status: "void", nextAttemptAt: null, updatedAt: ctx.clock.now() })
      .where(and(eq(invoices.orgId, ctx.orgId), eq(invoices.ref, ref), eq(invoices.status, "draft")))
      .returning({ id: invoices.id });
    if (!dropped) return;
    await recordChange(ctx, tx, {
      action: "invoice.changed",
      subject: { kind: "invoice", id: dropped.id },
      changes: { status: "void" },
      payload: { status: "void", number: null },
    });
  });
}
