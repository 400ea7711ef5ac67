import { type Account, readCurrency, type Unit } from "@/lib/ledger/words";
import type { ChargeRecord, CreditNoteRecord, InvoiceLineKind, InvoiceRecord } from "../ports";

/** As lib/ledger takes it. */
export type Entry = {
  cause: { kind: "invoice" | "payment" | "refund" | "credit_note" | "dispute"; id: string; occasion: number };
  effectiveAt: Date;
  lines: { debit: Account; credit: Account; unit: Unit; amount: bigint }[];
};

/** What is earned, and what the organisation has in hand; each against `receivable`. */
const earned = ["billing.subscription_revenue", "billing.overage_revenue", "billing.tax"] as const;
const parts = [...earned, "billing.credits"] as const;
type Part = (typeof parts)[number];
type Sums = Record<Part, bigint>;

/** What is added by hand is charged beyond the plan; what is taken off by hand was credit. */
const partOf: Record<InvoiceLineKind, Part> = {
  plan: "billing.subscription_revenue",
  proration: "billing.subscription_revenue",
  minutes: "billing.overage_revenue",
  other: "billing.overage_revenue",
  credit: "billing.credits",
};

const none = (): Sums => ({
  "billing.subscription_revenue": 0n,
  "billing.overage_revenue": 0n,
  "billing.tax": 0n,
  "billing.credits": 0n,
});

/**
 * All that an invoice has moved so far: its issue (occasion 0), what gave it up, made it void or took that back (1, 2), and each of its
 * payments. Made of the invoice's own facts and instants alone, so that whoever reads it later, or skips a state, writes the same; what is
 * read early is the beginning of it. After each, `receivable` is what is still owed of it.
 */
export function invoiceEntries(invoice: InvoiceRecord): Entry[] {
  if (invoice.status === "draft") return [];
  const unit = unitOf(invoice.currency);
  const issued = sumsOf(invoice);
  const entries: Entry[] = [];
  let [standing, occasion] = [none(), 0];
  const become = (next: Sums, effectiveAt: Date) => {
    const lines = parts.flatMap((part) => moved("billing.receivable", part, unit, next[part] - standing[part]));
    if (lines.length > 0) entries.push({ cause: { kind: "invoice", id: invoice.ref, occasion }, effectiveAt, lines });
    standing = next;
    occasion += 1;
  };
  become(issued, invoice.issuedAt);
  const { givenUpAt, voidedAt, paidAt } = invoice;
  if (givenUpAt) {
    const settled = invoice.creditedBefore + paidUntil(invoice, givenUpAt);
    become(reduced(issued, settled - issued["billing.credits"]), givenUpAt);
  }
  if (invoice.status === "void" && voidedAt) {
    const settled = invoice.creditedBefore + paidUntil(invoice, voidedAt);
    // What a balance had paid is returned to it.
    become({ ...reduced(issued, settled), "billing.credits": 0n }, voidedAt);
  }
  if (invoice.status === "paid" && givenUpAt) become(issued, paidAt ?? givenUpAt);
  return [...entries, ...payments(invoice, unit)];
}

/** What was owed and no payment of the engine's settled was paid elsewhere; what was paid too much is in hand. */
function payments(invoice: InvoiceRecord, unit: Unit): Entry[] {
  const entryOf = (id: string, effectiveAt: Date, debit: Account, amount: bigint): Entry[] => {
    const lines = moved(debit, "billing.receivable", unit, amount);
    return lines.length > 0 ? [{ cause: { kind: "payment", id, occasion: 0 }, effectiveAt, lines }] : [];
  };
  const entries = invoice.payments.flatMap(({ ref, amount, paidAt }) => entryOf(ref, paidAt, "billing.cash", amount));
  if (invoice.status !== "paid" || !invoice.paidAt) return entries;
  const paid = invoice.payments.reduce((sum, { amount }) => sum + amount, 0n);
  const rest = invoice.total + invoice.balanceApplied - invoice.creditedBefore - paid;
  return [...entries, ...entryOf(invoice.ref, invoice.paidAt, rest > 0n ? "billing.cash" : "billing.credits", rest)];
}

const paidUntil = ({ payments: all }: InvoiceRecord, until: Date): bigint =>
  all.reduce((sum, { amount, paidAt }) => (paidAt <= until ? sum + amount : sum), 0n);

/** By part; what the lines do not explain of the total is the plan's, and told by `unexplained`. */
function sumsOf(invoice: InvoiceRecord): Sums {
  const sums = none();
  for (const { kind, amount } of invoice.lines) sums[partOf[kind]] += amount;
  sums["billing.tax"] += invoice.tax;
  sums["billing.subscription_revenue"] += unexplained(invoice);
  sums["billing.credits"] += invoice.balanceApplied;
  return sums;
}

/** What an invoice's total says beyond its lines and tax: nothing, unless the engine has a kind of line nobody here knows. */
export const unexplained = ({ lines, tax, total }: InvoiceRecord): bigint =>
  lines.reduce((rest, { amount }) => rest - amount, total - tax);

/** The same with `left` earned in all: what is beyond the plan goes first, the plan takes what remains. */
function reduced(sums: Sums, left: bigint): Sums {
  const next = { ...sums };
  let excess = earned.reduce((sum, part) => sum + sums[part], -left);
  for (const part of ["billing.overage_revenue", "billing.tax"] as const) {
    const isAll = excess >= next[part];
    const taken = isAll ? next[part] : excess;
    if (taken <= 0n) continue;
    next[part] -= taken;
    excess -= taken;
  }
  next["billing.subscription_revenue"] -= excess;
  return next;
}

/** Money that went back, and what a bank took while it asks why. An attempt that failed has moved it there and back. */
export function chargeEntries(charge: ChargeRecord): Entry[] {
  const unit = unitOf(charge.currency);
  const back = (kind: "refund" | "dispute", id: string, amount: bigint, leftAt: Date | null, cameAt: Date | null) => {
    const entry = (occasion: number, effectiveAt: Date, units: bigint): Entry => ({
      cause: { kind, id, occasion },
      effectiveAt,
      lines: moved("billing.refunds", "billing.cash", unit, units),
    });
    const entries = leftAt ? [entry(0, leftAt, amount)] : [];
    return leftAt && cameAt ? [...entries, entry(1, cameAt, -amount)] : entries;
  };
  return [
    ...charge.refunds.flatMap(({ ref, amount, status, createdAt }) =>
      back(
        "refund",
        ref,
        amount,
        status === "requires_action" ? null : createdAt,
        status === "failed" || status === "canceled" ? createdAt : null,
      ),
    ),
    ...charge.disputes.flatMap(({ ref, amount, withdrawnAt, givenBackAt }) =>
      back("dispute", ref, amount, withdrawnAt, givenBackAt),
    ),
  ].filter(({ lines }) => lines.length > 0);
}

/** What is taken back of what was earned, against where the amount went. What was refunded is no refund without a reason then. */
export function creditNoteEntries(note: CreditNoteRecord): Entry[] {
  const unit = unitOf(note.currency);
  const isOverage = ({ kind }: { kind: InvoiceLineKind }) => partOf[kind] === "billing.overage_revenue";
  const overage = note.lines.filter(isOverage).reduce((sum, { amount }) => sum + amount, 0n);
  const from: [Account, bigint][] = [
    ["billing.subscription_revenue", note.amount - overage - note.tax],
    ["billing.overage_revenue", overage],
    ["billing.tax", note.tax],
  ];
  const to: [Account, bigint][] = [
    ["billing.receivable", note.offInvoice],
    ["billing.refunds", note.refunded],
    ["billing.credits", note.toBalance],
    ["billing.cash", note.elsewhere],
  ];
  const lines = paired(from, to).map(([debit, credit, amount]) => ({ debit, credit, unit, amount }));
  if (lines.length === 0) return [];
  const entry = (occasion: number, effectiveAt: Date, its: Entry["lines"]): Entry => ({
    cause: { kind: "credit_note", id: note.ref, occasion },
    effectiveAt,
    lines: its,
  });
  const issued = entry(0, note.createdAt, lines);
  const undone = lines.map((line) => ({ ...line, debit: line.credit, credit: line.debit }));
  return note.status === "void" ? [issued, entry(1, note.voidedAt ?? note.createdAt, undone)] : [issued];
}

/** Two lists of the same sum as rows that each move from one account to another. */
function paired(from: readonly [Account, bigint][], to: readonly [Account, bigint][]): [Account, Account, bigint][] {
  const rows: [Account, Account, bigint][] = [];
  const waiting = to.filter(([, amount]) => amount > 0n).map(([account, amount]) => ({ account, amount }));
  for (const [debit, whole] of from) {
    let left = whole;
    while (left > 0n && waiting[0]) {
      const [next] = waiting;
      const isUsedUp = left >= next.amount;
      const amount = isUsedUp ? next.amount : left;
      rows.push([debit, next.account, amount]);
      left -= amount;
      next.amount -= amount;
      if (isUsedUp) waiting.shift();
    }
  }
  return rows;
}

/** A row in whichever direction the amount has; none where there is none. */
function moved(debit: Account, credit: Account, unit: Unit, amount: bigint): Entry["lines"] {
  if (amount === 0n) return [];
  return amount > 0n ? [{ debit, credit, unit, amount }] : [{ debit: credit, credit: debit, unit, amount: -amount }];
}

function unitOf(currency: string): Unit {
  const unit = readCurrency(currency);
  if (!unit) throw new RangeError(`${currency} is not a currency of ISO 4217`);
  return unit;
}
