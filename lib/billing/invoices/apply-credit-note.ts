import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { CreditNoteRecord } from "../ports";
import { creditNoteEntries } from "./entries";
import { postFacts } from "./post-facts";

/** Posts what a credit note takes back of its invoice and where that went, and the opposite once it is void. "changed": it was not known so. */
export async function applyCreditNote(ctx: Context, note: CreditNoteRecord): Promise<"changed" | "unchanged"> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, (_, scope) =>
    postFacts(scope, { ref: note.invoiceRef, at: note.createdAt }, creditNoteEntries(note)),
  );
}
