import { applyCreditNote } from "../../invoices/apply-credit-note";
import { contextOfCustomer, type EventKind } from "../event";
import { refreshInvoice } from "./invoice";

export const creditNoteEvents: EventKind = {
  kinds: ["credit_note.created", "credit_note.updated", "credit_note.voided"],
  async work(deps, event) {
    const note = await deps.port.readCreditNote(event.objectRef ?? "");
    if (!note) return "gone";
    const ctx = await contextOfCustomer(deps, note.customerRef);
    if (!ctx) return "unknown_customer";
    await applyCreditNote(ctx, note);
    // What is due of an invoice that is still open is less now.
    return refreshInvoice(deps, event, note.invoiceRef);
  },
};
