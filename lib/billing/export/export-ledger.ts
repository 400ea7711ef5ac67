import { sql } from "drizzle-orm";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { amount, type Column, csvPages, text, utc } from "./csv-pages";

const columns: readonly Column[] = [
  ["Entry", text("id")],
  ["Counts at (UTC)", utc("effective_at")],
  ["Written (UTC)", utc("created_at")],
  ["Debit", text("debit_account")],
  ["Credit", text("credit_account")],
  ["Amount", amount("amount", "unit")],
  ["Unit", text("unit")],
  ["Cause", text("cause_kind")],
  ["Of", text("cause_id")],
  ["Occasion", text("occasion")],
  ["Line", text("line")],
];

/** Every entry of the organisation's ledger of billing, oldest first, as CSV; amounts with the places of their unit. */
export function exportLedger(ctx: Context): AsyncGenerator<string, void> {
  authorise(ctx, "billing.read");
  return csvPages(ctx, columns, (after, limit) => {
    const since = after ? sql`and (effective_at, id) > (${after.at}::timestamptz, ${after.id})` : sql``;
    return sql`
      select id, effective_at, effective_at::text as at, created_at, debit_account, credit_account, amount::text, unit, cause_kind, cause_id, occasion, line
      from ledger_entries where org_id = ${ctx.orgId} and debit_account like 'billing.%' ${since} order by effective_at, id limit ${limit}`;
  });
}
