import { sql } from "drizzle-orm";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { amount, type Column, csvPages, type Row, text, utc } from "./csv-pages";

const columns: readonly Column[] = [
  ["Invoice", text("ref")],
  ["Number", text("number")],
  ["Status", text("status")],
  ["Reason", text("reason")],
  ["Issued (UTC)", utc("issued_at")],
  ["Paid (UTC)", utc("paid_at")],
  ["Currency", text("currency")],
  ["Line", text("position")],
  ["For", text("kind")],
  ["Description", text("description")],
  ["Plan", text("plan")],
  ["Quantity", text("quantity")],
  ["Amount", amount("amount", "currency")],
  ["From (UTC)", utc("period_starts_at")],
  ["To (UTC)", utc("period_ends_at")],
  ["Tax of the invoice", amount("tax", "currency")],
  ["Total of the invoice", amount("total", "currency")],
  ["Paid of the invoice", amount("amount_paid", "currency")],
];

/** Every line of every invoice, oldest first, as CSV; an invoice without lines has one row. Amounts with the places of their currency. */
export function exportInvoices(ctx: Context): AsyncGenerator<string, void> {
  authorise(ctx, "billing.read");
  return csvPages(ctx, columns, (after, limit) => {
    const since = after && sql`and (i.id, coalesce(l.position, -1)) > (${after.id}, ${positionOf(after)}::int)`;
    return sql`
      select i.id, i.ref, i.number, i.status, i.reason, i.issued_at, i.paid_at, i.currency, l.position, l.kind, l.description,
        l.plan || ' ' || l.plan_version as plan, l.quantity::text, l.amount::text, l.period_starts_at, l.period_ends_at, i.tax::text,
        i.total::text, i.amount_paid::text
      from invoices i left join invoice_lines l on l.org_id = i.org_id and l.invoice_id = i.id
      where i.org_id = ${ctx.orgId} ${since ?? sql``}
      order by i.id, coalesce(l.position, -1) limit ${limit}`;
  });
}

const positionOf = (row: Row): number => (row.position as number | null) ?? -1;
