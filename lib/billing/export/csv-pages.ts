import type { SQL } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { type Cell, csvRecord } from "@/lib/calls";
import { type Currency, decimalPlaces, readCurrency, writeDecimal } from "@/lib/ledger/words";
import type { Context } from "@/lib/platform/context";

const PAGE = 500;

export type Row = Record<string, unknown>;
export type Column = readonly [heading: string, cell: (row: Row) => Cell];

/**
 * Rows as CSV (RFC 4180), page by page, each in a transaction of its own, so that a million need no more memory than five hundred. `page` asks
 * for the rows after one, at most `limit`. What a spreadsheet would run as a formula is made text.
 */
export async function* csvPages(
  ctx: Context,
  columns: readonly Column[],
  page: (after: Row | undefined, limit: number) => SQL,
): AsyncGenerator<string, void> {
  yield csvRecord(columns.map(([heading]) => heading));
  for (let after: Row | undefined; ; ) {
    const { rows } = await inTenant(ctx, (tx) => tx.execute(page(after, PAGE)));
    const found = rows as Row[];
    if (found.length > 0) yield found.map((row) => csvRecord(columns.map(([, cell]) => cell(row)))).join("");
    if (found.length < PAGE) return;
    after = found.at(-1);
  }
}

export const text = (name: string) => (row: Row) => row[name] as string | number | null;

/** An instant as ISO 8601 in UTC. */
export const utc = (name: string) => (row: Row) =>
  row[name] == null ? null : new Date(row[name] as string).toISOString();

/** The same on the wall of a zone: 2026-11-20 10:05:00, which spreadsheets read as a date everywhere. */
export const wall = (name: string, timeZone: string) => (row: Row) =>
  row[name] == null
    ? null
    : new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(
        new Date(row[name] as string),
      );

/** Minor units with the places of the currency that another column names; minutes and millionths of a dollar in theirs. */
export const amount = (name: string, unit: string) => (row: Row) =>
  row[name] == null ? null : { figure: writeDecimal(BigInt(row[name] as string), placesOf(row[unit] as string)) };

function placesOf(unit: string): number {
  if (unit === "usd_micros") return 6;
  const currency: Currency | undefined = readCurrency(unit);
  return currency ? decimalPlaces(currency) : 0;
}
