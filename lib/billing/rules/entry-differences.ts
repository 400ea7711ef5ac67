import type { Difference } from "./differences";

/** An entry made of what the engine has, as lib/billing/invoices/entries.ts makes it. */
export type ComparedEntry = {
  cause: { kind: string; id: string; occasion: number };
  effectiveAt: Date;
  lines: { debit: string; credit: string; unit: string; amount: bigint }[];
};

export const causeKey = ({ kind, id, occasion }: ComparedEntry["cause"]): string => `${kind} ${id} ${occasion}`;

export const lineKey = ({ debit, credit, unit, amount }: ComparedEntry["lines"][number]): string =>
  `${debit} ${credit} ${unit} ${amount}`;

/** What the engine has now of an invoice `of`, where the ledger has other lines of the same cause. */
export const postedOtherwise = (
  of: { ref: string; at: Date },
  { cause, lines }: Omit<ComparedEntry, "effectiveAt">,
): Difference => ({
  kind: "invoice_differs",
  subject: of.ref,
  at: of.at,
  facts: { cause: causeKey(cause), read: lines.map(lineKey).join("; ") },
  proposal: "The ledger has other amounts under this cause: compare it with the engine and correct it by hand.",
});

/** `posted`: the ledger's lines by cause. What it has nothing of yet is no difference here. */
export const entryDifferences = (
  of: { ref: string; at: Date },
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
): Difference[] =>
  entries
    .filter(({ cause, lines }) => {
      const there = posted.get(causeKey(cause));
      return there !== undefined && there !== lines.map(lineKey).join("; ");
    })
    .map((entry) => postedOtherwise(of, entry));

/** Of something that happened long enough ago to be known. */
export const isMissing =
  (posted: ReadonlyMap<string, string>, settledBefore: Date) =>
  ({ cause, effectiveAt }: ComparedEntry): boolean =>
    effectiveAt < settledBefore && !posted.has(causeKey(cause));

type ComparedNote = { ref: string; invoiceRef: string; amount: bigint; currency: string; createdAt: Date };

/** A credit note that the ledger has nothing of. */
export const noteDifferences = (
  note: ComparedNote,
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
  settledBefore: Date,
): Difference[] =>
  entries.some(isMissing(posted, settledBefore))
    ? [
        {
          kind: "invoice_differs",
          subject: note.ref,
          at: note.createdAt,
          facts: {
            why: "credit_note",
            amount: note.amount.toString(),
            currency: note.currency,
            invoice: note.invoiceRef,
          },
          proposal: "Read the credit note from the engine",
        },
      ]
    : [];
