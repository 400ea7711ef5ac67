import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";

/** What billing has of an organisation, without what tells one writing of it from another: ids, numbers of readings and when it was written. */
export async function billingTables(database: Database, orgId: string) {
  const rows = async (query: ReturnType<typeof sql>) =>
    withTenant(database, orgId, async (tx) => (await tx.execute(query)).rows as Record<string, unknown>[]);
  return {
    subscription: await rows(sql`
      select plan, plan_version, status, currency, billed_every, period_starts_at, period_ends_at, customer_ref, subscription_ref, billed_from,
        cancel_at, ended_at, past_due_since from subscriptions`),
    invoices: await rows(sql`
      select ref, number, status, reason, currency, subtotal::text, tax::text, total::text, amount_due::text, amount_paid::text,
        period_starts_at, period_ends_at, issued_at, paid_at, next_attempt_at from invoices order by ref`),
    lines: await rows(sql`
      select i.ref as invoice, l.position, l.ref, l.kind, l.description, l.plan, l.plan_version, l.quantity::text, l.amount::text,
        l.period_starts_at, l.period_ends_at
      from invoice_lines l join invoices i on i.id = l.invoice_id order by i.ref, l.position`),
    ledger: await rows(sql`
      select cause_kind, cause_id, occasion, line, debit_account, credit_account, unit, amount::text, effective_at
      from ledger_entries order by cause_kind, cause_id, occasion, line`),
    items: await rows(sql`select kind, subject, facts, is_open from billing_items order by kind, subject`),
  };
}

export type BillingTables = Awaited<ReturnType<typeof billingTables>>;

/** Debits less credits of each account. */
export function balancesOf({ ledger }: BillingTables): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { debit_account: debit, credit_account: credit, amount } of ledger) {
    sums[String(debit)] = (sums[String(debit)] ?? 0n) + BigInt(String(amount));
    sums[String(credit)] = (sums[String(credit)] ?? 0n) - BigInt(String(amount));
  }
  return sums;
}
