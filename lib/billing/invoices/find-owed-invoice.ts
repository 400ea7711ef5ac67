import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { invoices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** The oldest invoice that is not paid, also one that nobody tries to collect any more; undefined where nothing is owed. */
export async function findOwedInvoice(
  ctx: Context,
): Promise<{ id: string; number: string | null; reason: string } | undefined> {
  authorise(ctx, "billing.read");
  const [owed] = await inTenant(ctx, (tx) =>
    tx
      .select({ id: invoices.id, number: invoices.number, reason: invoices.reason })
      .from(invoices)
      .where(
        and(
          eq(invoices.orgId, ctx.orgId),
          inArray(invoices.status, ["open", "uncollectible"]),
          gt(invoices.amountDue, invoices.amountPaid),
        ),
      )
      .orderBy(asc(invoices.issuedAt), asc(invoices.id))
      .limit(1),
  );
  return owed;
}
