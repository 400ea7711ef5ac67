import { eq } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { applyCharge } from "../invoices/apply-charge";
import { applyCreditNote } from "../invoices/apply-credit-note";
import { applyInvoice } from "../invoices/apply-invoice";
import type { RecordsPort } from "../ports";
import { applySubscription } from "../subscription/apply-subscription";
import { nextReading } from "../subscription/next-reading";

/**
 * Reads what there is at the engine of the subscription, and of invoices, payments and credit notes of a span, for events that never came.
 * Where they all came it changes nothing. Returns how many things were not as we showed them.
 */
export async function catchUp(ctx: Context, port: RecordsPort, span: { from: Date; to: Date }): Promise<number> {
  authorise(ctx, "ledger.write");
  const [row] = await inTenant(ctx, (tx) =>
    tx.select({ customerRef: subscriptions.customerRef }).from(subscriptions).where(eq(subscriptions.orgId, ctx.orgId)),
  );
  const customerRef = row?.customerRef;
  if (!customerRef) return 0;
  const readingNo = await nextReading(ctx);
  const subscription = await port.readSubscriptionOf(customerRef);
  const applied: string[] = subscription ? [await applySubscription(ctx, { subscription, readingNo })] : [];
  const invoices = await port.listInvoices(customerRef, span);
  for (const invoice of invoices) applied.push(await applyInvoice(ctx, { invoice, readingNo }));
  for (const charge of await port.listCharges(customerRef, span)) applied.push(await applyCharge(ctx, charge));
  for (const note of await port.listCreditNotes(customerRef, span)) {
    const done = await applyCreditNote(ctx, note);
    applied.push(done);
    if (done === "unchanged" || invoices.some(({ ref }) => ref === note.invoiceRef)) continue;
    // What is due of an invoice of long ago is less now.
    const invoice = await port.readInvoice(note.invoiceRef);
    if (invoice) await applyInvoice(ctx, { invoice, readingNo });
  }
  const missed = applied.filter((each) => each === "changed").length;
  if (missed > 0) ctx.log.warn({ missed }, "Stripe had what no event had told of");
  return missed;
}
