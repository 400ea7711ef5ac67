import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { chargeEntries, creditNoteEntries, invoiceEntries, unexplained } from "../invoices/entries";
import { readTerms } from "../meter/read-terms";
import type { InvoiceLineRecord, InvoiceRecord, RecordsPort } from "../ports";
import type { Difference } from "../rules/differences";
import { causeKey, entryDifferences, noteDifferences } from "../rules/entry-differences";
import {
  type InvoicedMinutes,
  invoiceDifferences,
  type KnownInvoice,
  unexplainedDifference,
} from "../rules/invoice-differences";
import { chargeDifferences, disputeDifferences } from "../rules/payment-differences";
import { SETTLE_MS } from "./load-calls";

type Span = { from: Date; to: Date };

/**
 * Invoices, payments and credit notes of the engine's against what we know of them; `meter`: what the meter was found to have lost or too much
 * of. `left`: invoices that were left out, because something happened to them lately that we may not have heard of yet.
 */
export async function compareInvoices(
  ctx: Context,
  port: RecordsPort,
  customerRef: string,
  span: Span,
  meter: readonly Difference[],
): Promise<{ found: Difference[]; left: string[] }> {
  const settledBefore = new Date(ctx.clock.now().getTime() - SETTLE_MS);
  const invoices = await port.listInvoices(customerRef, span);
  const charges = await port.listCharges(customerRef, span);
  const notes = await port.listCreditNotes(customerRef, span);
  const { known, posted, entries, added } = await loadKnown(ctx);
  const found: Difference[] = [];
  for (const invoice of invoices) {
    if (!isSettled(invoice, settledBefore)) continue;
    const minutes: InvoicedMinutes[] = [];
    if (invoice.status !== "void")
      for (const lines of spansOf(invoice)) minutes.push(await minutesOf(ctx, invoice, lines, meter));
    const beyond = unexplained(invoice);
    if (beyond !== 0n) found.push(unexplainedDifference(invoice, beyond));
    found.push(...invoiceDifferences(invoice, known.get(invoice.ref), minutes, posted, added));
    const of = { ref: invoice.ref, at: invoice.periodEndsAt };
    found.push(...entryDifferences(of, invoiceEntries(invoice), entries));
  }
  for (const charge of charges) {
    if (charge.paidAt < settledBefore) found.push(...chargeDifferences(charge, posted, settledBefore));
    if (!charge.invoiceRef) continue;
    const made = chargeEntries(charge);
    found.push(...entryDifferences({ ref: charge.invoiceRef, at: charge.paidAt }, made, entries));
    found.push(...disputeDifferences(charge, made, entries, settledBefore));
  }
  for (const note of notes) {
    const made = creditNoteEntries(note);
    found.push(...entryDifferences({ ref: note.invoiceRef, at: note.createdAt }, made, entries));
    found.push(...noteDifferences(note, made, entries, settledBefore));
  }
  return { found, left: invoices.filter((invoice) => !isSettled(invoice, settledBefore)).map(({ ref }) => ref) };
}

/** What happened to it lately, we may not have heard of yet. */
function isSettled({ status, issuedAt, paidAt, givenUpAt, voidedAt }: InvoiceRecord, before: Date): boolean {
  return status !== "draft" && [issuedAt, paidAt, givenUpAt, voidedAt].every((time) => time === null || time < before);
}

/** Its minutes, by the plan and the time that they were charged for. */
function spansOf({ lines }: InvoiceRecord): InvoiceLineRecord[][] {
  const minutes = lines.filter(({ kind }) => kind === "minutes");
  const keyOf = (line: InvoiceLineRecord) =>
    `${line.plan} ${line.planVersion} ${line.billedEvery} ${line.periodStartsAt.getTime()} ${line.periodEndsAt.getTime()}`;
  return [...Map.groupBy(minutes, keyOf).values()];
}

async function minutesOf(
  ctx: Context,
  { currency }: InvoiceRecord,
  lines: readonly InvoiceLineRecord[],
  meter: readonly Difference[],
): Promise<InvoicedMinutes> {
  const [first] = lines;
  if (!first) throw new RangeError("minutes have a line");
  const { periodStartsAt: from, periodEndsAt: to, plan, planVersion, billedEvery } = first;
  const invoiced = Number(lines.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n));
  const amount = lines.reduce((sum, line) => sum + line.amount, 0n);
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select coalesce(sum(minutes), 0)::int as minutes from meter_events where org_id = ${ctx.orgId} and state = 'sent'
        and effective_at >= ${from.toISOString()}::timestamptz and effective_at < ${to.toISOString()}::timestamptz`),
  );
  const wrong = meter
    .filter(({ at }) => at >= from && at < to)
    .reduce((sum, { kind, facts }) => sum + (kind === "lost_meter_event" ? -1 : 1) * Number(facts.minutes), 0);
  return {
    from,
    to,
    invoiced,
    amount,
    terms: plan ? readTerms({ plan, plan_version: planVersion, currency, billed_every: billedEvery }) : undefined,
    ours: (rows[0] as { minutes: number }).minutes + wrong,
  };
}

/** `added`: amounts that we have put on invoices ourselves. */
async function loadKnown(ctx: Context) {
  return inTenant(ctx, async (tx) => {
    const invoices = await tx.execute(
      sql`select ref, status, total::text as total from invoices where org_id = ${ctx.orgId}`,
    );
    const entries = await tx.execute(sql`
      select cause_kind as kind, cause_id as id, occasion,
        string_agg(debit_account || ' ' || credit_account || ' ' || unit || ' ' || amount, '; ' order by line) as lines
      from ledger_entries where org_id = ${ctx.orgId} and cause_kind in ('invoice', 'payment', 'refund', 'credit_note', 'dispute')
      group by 1, 2, 3`);
    const posted = entries.rows as { kind: string; id: string; occasion: number; lines: string }[];
    const applied = await tx.execute(sql`
      select facts->>'amount' as amount from billing_items where org_id = ${ctx.orgId} and closed_because = 'applied'
        and kind in ('meter_too_late', 'underbilled') and facts->>'amount' is not null`);
    return {
      known: new Map<string, KnownInvoice>(
        (invoices.rows as { ref: string; status: string; total: string }[]).map(({ ref, status, total }) => [
          ref,
          { status, total: BigInt(total) },
        ]),
      ),
      posted: new Set(posted.filter(({ kind }) => kind === "payment" || kind === "refund").map(({ id }) => id)),
      entries: new Map(posted.map(({ lines, ...cause }) => [causeKey(cause), lines])),
      added: (applied.rows as { amount: string }[]).map(({ amount }) => BigInt(amount)),
    };
  });
}
