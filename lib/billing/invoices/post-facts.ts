import { postEntries } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { openItem } from "../items/keep-item";
import type { Entry } from "./entries";

/**
 * Writes what a record of the engine's has moved; what stands there already changes nothing. Where the same cause moved something else, the
 * ledger keeps what it has and a difference is opened for somebody to see. Inside the context's transaction.
 */
export async function postFacts(ctx: Context, of: string, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    const posted = await postEntries(ctx, entry);
    if (posted.ok) continue;
    const { kind, id, occasion } = entry.cause;
    await openItem(ctx, {
      kind: "invoice_differs",
      subject: of,
      facts: {
        cause: `${kind} ${id} ${occasion}`,
        read: entry.lines.map(({ debit, credit, unit, amount }) => `${debit} ${credit} ${unit} ${amount}`).join("; "),
      },
      proposal: "The ledger has other amounts under this cause: compare it with the engine and correct it by hand.",
    });
  }
}
