import { and, desc, eq, lt, or } from "drizzle-orm";
import { invoices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";

export type Invoice = typeof invoices.$inferSelect;

const MOST = 50;

/** What was invoiced, the latest first; what is still being written is among it. Amounts in the minor unit of each one's currency. */
export async function listInvoices(
  ctx: Context,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<{ items: Invoice[]; olderCursor: string | null }> {
  authorise(ctx, "billing.read");
  const from = decodeCursor(cursor);
  const rows = await inTenant(ctx, (tx) =>
    tx
      .select()
      .from(invoices)
      .where(
        and(
          eq(invoices.orgId, ctx.orgId),
          from && or(lt(invoices.issuedAt, from.at), and(eq(invoices.issuedAt, from.at), lt(invoices.id, from.id))),
        ),
      )
      .orderBy(desc(invoices.issuedAt), desc(invoices.id))
      .limit(MOST + 1),
  );
  const items = rows.slice(0, MOST);
  const last = items.at(-1);
  return {
    items,
    olderCursor: rows.length > MOST && last ? encodeCursor({ at: last.issuedAt, id: last.id }) : null,
  };
}
