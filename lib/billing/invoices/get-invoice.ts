import { and, asc, eq } from "drizzle-orm";
import { invoiceLines, invoices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import type { Invoice } from "./list-invoices";

export type InvoiceLine = typeof invoiceLines.$inferSelect;

/** One invoice with its lines in their order. Throws `not_found` for an unknown id and for another organisation's. */
export async function getInvoice(ctx: Context, invoiceId: string): Promise<Invoice & { lines: InvoiceLine[] }> {
  authorise(ctx, "billing.read");
  if (!isId("invoice", invoiceId)) throw notFound("This invoice");
  return inTenant(ctx, async (tx) => {
    const [invoice] = await tx
      .select()
      .from(invoices)
      .where(and(eq(invoices.orgId, ctx.orgId), eq(invoices.id, invoiceId)));
    if (!invoice) throw notFound("This invoice");
    const lines = await tx
      .select()
      .from(invoiceLines)
      .where(and(eq(invoiceLines.orgId, ctx.orgId), eq(invoiceLines.invoiceId, invoiceId)))
      .orderBy(asc(invoiceLines.position));
    return { ...invoice, lines };
  });
}
