import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, xid8 } from "./columns";

/** What made an entry. The same cause is written once. */
export type CauseKind = "call" | "invoice" | "payment" | "refund" | "credit_note" | "dispute" | "correction";

/**
 * The ledger: written once, never changed. A row moves `amount` from one account to another, so that every row is balanced by its form.
 * What one cause moves at a time is its `line`s; what is put right later has the next `occasion`.
 */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    id: id(),
    orgId: orgId(),
    tx: xid8("tx").notNull().default(sql`pg_current_xact_id()`),
    debitAccount: text("debit_account").notNull(),
    creditAccount: text("credit_account").notNull(),
    /** A currency of ISO 4217 (the amount is in its minor unit), `minutes`, or `usd_micros`. */
    unit: text("unit").notNull(),
    amount: bigint("amount", { mode: "bigint" }).notNull(),
    causeKind: text("cause_kind").$type<CauseKind>().notNull(),
    causeId: text("cause_id").notNull(),
    occasion: integer("occasion").notNull(),
    line: integer("line").notNull(),
    /** The instant whose period it belongs to. */
    effectiveAt: at("effective_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("ledger_entries_once").on(t.orgId, t.causeKind, t.causeId, t.occasion, t.line),
    index("ledger_entries_unfolded").on(t.orgId, t.tx),
    index("ledger_entries_period").on(t.orgId, t.effectiveAt),
  ],
);

/** Sums of folded entries by hour, by day and over all time: a cache, made again from the entries whenever in doubt. */
export const ledgerRollups = pgTable(
  "ledger_rollups",
  {
    orgId: orgId(),
    account: text("account").notNull(),
    unit: text("unit").notNull(),
    span: text("span").$type<"hour" | "day" | "total">().notNull(),
    /** Start of the hour or day in UTC; 1970 for the total. */
    startsAt: at("starts_at").notNull(),
    /** Debits less credits. */
    net: bigint("net", { mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.account, t.unit, t.span, t.startsAt] })],
);

/** How far an organisation's entries are folded: those of transactions before `through`. */
export const ledgerFolds = pgTable("ledger_folds", {
  orgId: text("org_id").primaryKey(),
  through: xid8("through").notNull(),
});
