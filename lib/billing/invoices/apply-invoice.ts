import { and, eq, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoiceLines, invoices } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { openItem } from "../items/keep-item";
import { retryForInvoice, wakeForInvoice } from "../meter/wake-for-invoice";
import type { InvoiceRecord } from "../ports";
import { unexplainedDifference } from "../rules/invoice-differences";
import { settleFrom } from "../subscription/settle-from";
import type { Applied } from "./applied";
import { invoiceEntries, unexplained } from "./entries";
import { postFacts } from "./post-facts";

/**
 * Shows an invoice as the engine was read to have it, and posts what it has moved so far. `readingNo` was taken before it was read: what a
 * later reading showed stays ("older"). Nothing is written for somebody to see where nothing changed.
 */
export async function applyInvoice(
  ctx: Context,
  { invoice, readingNo }: { invoice: InvoiceRecord; readingNo: bigint },
): Promise<Applied> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx, scope) => {
    const [before] = await tx
      .select()
      .from(invoices)
      .where(and(eq(invoices.orgId, ctx.orgId), eq(invoices.ref, invoice.ref)))
      .for("update");
    const shown = shownOf(invoice);
    const [kept] = await tx
      .insert(invoices)
      .values({ id: newId("invoice"), orgId: ctx.orgId, ref: invoice.ref, ...shown, readingNo, ...stamps(ctx) })
      .onConflictDoUpdate({
        target: invoices.ref,
        set: { ...shown, readingNo, updatedAt: ctx.clock.now() },
        setWhere: lt(invoices.readingNo, readingNo),
      })
      .returning({ id: invoices.id });
    if (!kept) return "older";
    // What was issued keeps its lines.
    if (!before || before.status === "draft") await keepLines(ctx, tx, kept.id, invoice);
    if (!before || (before.status === "draft" && invoice.status !== "draft")) await wakeForInvoice(ctx, tx, kept.id);
    if (charges(invoice)) await retryForInvoice(ctx, tx, kept.id);
    if (before?.status !== "paid") await settleFrom(ctx, tx, sql`i.id = ${kept.id}`);
    await postFacts(scope, { ref: invoice.ref, at: invoice.periodEndsAt }, invoiceEntries(invoice));
    if (invoice.status !== "draft" && unexplained(invoice) !== 0n) await tellUnexplained(scope, invoice);
    const changed = Object.entries(shown).flatMap(([name, value]) => {
      const was = before?.[name as keyof typeof shown];
      return before && wordOf(was) === wordOf(value) ? [] : [[name, wordOf(value)] as const];
    });
    if (changed.length === 0) return "unchanged";
    await recordChange(scope, tx, {
      action: "invoice.changed",
      subject: { kind: "invoice", id: kept.id },
      changes: Object.fromEntries(changed),
      payload: { status: invoice.status, number: invoice.number },
    });
    return "changed";
  });
}

/** That of a change which waits for its payment may still be given up. */
const charges = ({ status, reason }: InvoiceRecord): boolean =>
  status === "paid" || status === "uncollectible" || (status === "open" && reason !== "subscription_update");

const stamps = (ctx: Context) => ({ createdAt: ctx.clock.now(), updatedAt: ctx.clock.now() });

const shownOf = (invoice: InvoiceRecord) => ({
  number: invoice.number,
  status: invoice.status,
  reason: invoice.reason,
  currency: invoice.currency,
  subtotal: invoice.subtotal,
  tax: invoice.tax,
  total: invoice.total,
  amountDue: invoice.amountDue,
  amountPaid: invoice.amountPaid,
  periodStartsAt: invoice.periodStartsAt,
  periodEndsAt: invoice.periodEndsAt,
  issuedAt: invoice.issuedAt,
  paidAt: invoice.paidAt,
  nextAttemptAt: invoice.nextAttemptAt,
});

const wordOf = (value: unknown): string | null =>
  value == null ? null : value instanceof Date ? value.toISOString() : String(value);

async function keepLines(ctx: Context, tx: Tx, invoiceId: string, { lines }: InvoiceRecord): Promise<void> {
  const { orgId } = ctx;
  await tx.delete(invoiceLines).where(and(eq(invoiceLines.orgId, orgId), eq(invoiceLines.invoiceId, invoiceId)));
  if (lines.length > 0)
    await tx.insert(invoiceLines).values(lines.map((line, position) => ({ orgId, invoiceId, position, ...line })));
}

/** As the nightly comparison finds it, which closes it once it is gone. */
async function tellUnexplained(ctx: Context, invoice: InvoiceRecord): Promise<void> {
  const { at, facts, ...found } = unexplainedDifference(invoice, unexplained(invoice));
  await openItem(ctx, { ...found, facts: { ...facts, at: at.toISOString() } });
}
