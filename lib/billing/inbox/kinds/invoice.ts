import { applyInvoice } from "../../invoices/apply-invoice";
import { dropDraft } from "../../invoices/drop-draft";
import { contextOfCustomer, type EventKind, type InboxDeps, type OpenEvent, type Outcome } from "../event";

export async function refreshInvoice(deps: InboxDeps, event: OpenEvent, ref: string): Promise<Outcome> {
  const invoice = await deps.port.readInvoice(ref);
  if (!invoice) return forget(deps, event, ref);
  const ctx = await contextOfCustomer(deps, invoice.customerRef);
  if (!ctx) return "unknown_customer";
  await applyInvoice(ctx, { invoice, readingNo: event.readingNo });
  return "applied";
}

async function forget(deps: InboxDeps, { customerRef }: OpenEvent, ref: string): Promise<Outcome> {
  const ctx = customerRef === null ? undefined : await contextOfCustomer(deps, customerRef);
  if (ctx) await dropDraft(ctx, ref);
  return "gone";
}

export const invoiceEvents: EventKind = {
  kinds: [
    "invoice.created",
    "invoice.finalized",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "invoice.finalization_failed",
    "invoice.voided",
    "invoice.marked_uncollectible",
    "invoice.deleted",
  ],
  work: (deps, event) => refreshInvoice(deps, event, event.objectRef ?? ""),
};
