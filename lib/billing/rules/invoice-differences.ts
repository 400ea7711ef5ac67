import { chargeFor, type MinuteTerms } from "./charges";
import type { Difference } from "./differences";

/** What is compared of an invoice and of a payment at the engine; see lib/billing/ports.ts. */
type ComparedInvoice = {
  ref: string;
  status: string;
  currency: string;
  total: bigint;
  periodEndsAt: Date;
  lines: { ref: string; kind: string; amount: bigint }[];
  payments: { ref: string }[];
};

/** Minutes of one plan on an invoice, and what our book says they should be. */
export type InvoicedMinutes = {
  from: Date;
  to: Date;
  invoiced: number;
  amount: bigint;
  terms: MinuteTerms | undefined;
  /** By events of our book, with what the meter was found to have lost or too much of. */
  ours: number;
};

export type KnownInvoice = { status: string; total: bigint } | undefined;

/** One invoice of the engine's against what we know of it and what its minutes should be. `charges`: amounts that we put on invoices ourselves. */
export function invoiceDifferences(
  invoice: ComparedInvoice,
  known: KnownInvoice,
  minutes: readonly InvoicedMinutes[],
  ledgerPayments: ReadonlySet<string>,
  charges: bigint[],
): Difference[] {
  const { ref: subject, currency } = invoice;
  const found: Difference[] = [];
  const at = invoice.periodEndsAt;
  const differs = (facts: Difference["facts"], proposal: string) =>
    found.push({ kind: "invoice_differs", subject, at, facts, proposal });
  if (!known)
    differs({ why: "unknown", total: invoice.total.toString(), currency }, "Read the invoice from the engine");
  else if (known.status !== invoice.status || known.total !== invoice.total)
    differs(
      { why: "outdated", status: known.status, atEngine: invoice.status, total: known.total.toString(), currency },
      "Read the invoice from the engine",
    );
  else if (invoice.payments.some(({ ref }) => !ledgerPayments.has(ref)))
    differs({ why: "payment_not_posted" }, "Read the invoice from the engine");
  for (const span of minutes) {
    const should = span.terms && chargeFor(span.invoiced, span.terms);
    if (should !== undefined && should !== span.amount)
      differs(
        { why: "price", minutes: span.invoiced, amount: span.amount.toString(), should: should.toString(), currency },
        "Credit or charge the rest",
      );
    const excess = span.invoiced - span.ours;
    if (excess === 0) continue;
    const amount = span.terms && chargeFor(span.invoiced, span.terms) - chargeFor(span.ours, span.terms);
    found.push({
      kind: excess > 0 ? "overbilled" : "underbilled",
      subject,
      at: span.from,
      facts: {
        why: "minutes",
        minutes: Math.abs(excess),
        invoiced: span.invoiced,
        amount: absolute(amount)?.toString() ?? null,
        currency,
      },
      proposal: excess > 0 ? `Credit ${excess} minutes` : `Charge ${-excess} minutes`,
    });
  }
  for (const line of invoice.lines) {
    if (line.kind !== "other" || line.amount <= 0n) continue;
    const own = charges.indexOf(line.amount);
    if (own >= 0) charges.splice(own, 1);
    else
      found.push({
        kind: "overbilled",
        subject: line.ref,
        at,
        facts: { why: "added_by_hand", amount: line.amount.toString(), currency, invoice: subject },
        proposal: "Credit it, unless it was agreed on",
      });
  }
  return found;
}

/** An invoice whose total says `beyond` more than its lines and tax. */
export const unexplainedDifference = (
  { ref, total, currency, periodEndsAt }: Pick<ComparedInvoice, "ref" | "total" | "currency" | "periodEndsAt">,
  beyond: bigint,
): Difference => ({
  kind: "invoice_differs",
  subject: ref,
  at: periodEndsAt,
  facts: { total: total.toString(), beyondItsLines: beyond.toString(), currency },
  proposal: "Its lines and tax do not add up to its total: look at the invoice at the engine.",
});

const absolute = (amount: bigint | undefined) => (amount === undefined ? undefined : amount < 0n ? -amount : amount);
