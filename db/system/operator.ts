import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows } from "./rows";

/** What was invoiced for plans, of every organisation: figures and times, and an id that tells one from another. */
export async function listPlanLines(database: Database) {
  const found = await rows<Record<string, unknown>>(database, sql`select * from system_operator_lines()`);
  return found.map((row) => ({
    orgId: row.org_id as string,
    currency: row.currency as string,
    plan: row.plan as string | null,
    planVersion: row.plan_version as number | null,
    billedEvery: row.billed_every as "month" | "year" | null,
    amount: BigInt(row.amount as string),
    from: new Date(row.period_starts_at as string),
    to: new Date(row.period_ends_at as string),
    issuedAt: new Date(row.issued_at as string),
  }));
}

/** Trials by the month in which they began: how many, how many of them have paid since, how many still run. */
export const listTrialMonths = (database: Database, now: Date) =>
  rows<{ month: string; started: number; converted: number; running: number }>(
    database,
    sql`select month, started, converted, running from system_operator_trials(${now.toISOString()}::timestamptz)`,
  );

/** What every organisation's ledger moved in a month, by account and unit and by the currency in which it pays. */
export async function listLedgerMonths(database: Database) {
  type Row = { month: string; currency: string; account: string; unit: string; net: string };
  const found = await rows<Row>(
    database,
    sql`select month, currency, account, unit, net::text as net from system_operator_ledger()`,
  );
  return found.map((row) => ({ ...row, net: BigInt(row.net) }));
}

/** Calls by month, tests aside, and how many of them led to a booking. */
export const listCallMonths = (database: Database) =>
  rows<{ month: string; calls: number; booked: number }>(
    database,
    sql`select month, calls, booked from system_operator_calls()`,
  );

export type OpenItem = {
  id: string;
  orgId: string;
  organization: string;
  kind: string;
  subject: string;
  facts: Record<string, string | number | null>;
  proposal: string;
  foundAt: Date;
};

/** Differences that nobody has settled, of every organisation, the latest first, and how many there are in all. */
export async function listOpenItems(
  database: Database,
  limit: number,
  before?: { at: Date; id: string },
): Promise<{ items: OpenItem[]; total: number }> {
  const found = await rows<OpenItem & { foundAt: string; total: number }>(
    database,
    sql`select id, org_id as "orgId", organization, kind, subject, facts, proposal, found_at as "foundAt", total
      from system_operator_items(${limit}, ${before?.at.toISOString() ?? null}::timestamptz, ${before?.id ?? null})`,
  );
  const items = found.map(({ total: _, ...row }) => ({ ...row, foundAt: new Date(row.foundAt) }));
  return { items, total: found[0]?.total ?? 0 };
}
