import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChargeRecord, CreditNoteRecord, InvoiceRecord } from "../ports";
import { chargeEntries, creditNoteEntries, type Entry, invoiceEntries } from "./entries";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const base: InvoiceRecord = {
  ...{ ref: "in_1", customerRef: "cus_1", subscriptionRef: "sub_1", number: "A-1", status: "open", reason: "manual" },
  ...{ currency: "USD", subtotal: 0n, tax: 0n, total: 0n, amountDue: 0n, amountPaid: 0n, balanceApplied: 0n },
  ...{ periodStartsAt: day(1), periodEndsAt: day(31), issuedAt: day(1), paidAt: null, givenUpAt: null, voidedAt: null },
  ...{ nextAttemptAt: null, lines: [], payments: [], creditedBefore: 0n },
};
const line = (kind: InvoiceRecord["lines"][number]["kind"], amount: bigint) => ({
  ...{ ref: "il", kind, amount, description: "", plan: null, planVersion: null, billedEvery: null, quantity: 1n },
  ...{ periodStartsAt: day(1), periodEndsAt: day(31) },
});

function sums(entries: readonly Entry[]): Record<string, bigint> {
  const found: Record<string, bigint> = {};
  for (const { debit, credit, amount } of entries.flatMap(({ lines }) => lines)) {
    expect(amount).toBeGreaterThan(0n);
    found[debit] = (found[debit] ?? 0n) + amount;
    found[credit] = (found[credit] ?? 0n) - amount;
  }
  return found;
}
const spelt = (entries: readonly Entry[]) =>
  entries.map(({ cause, lines }) => [
    `${cause.kind} ${cause.id} ${cause.occasion}`,
    ...lines.map(({ debit, credit, amount }) => `${debit} ${credit} ${amount}`.replaceAll("billing.", "")),
  ]);

const amount = fc.bigInt(0n, 50_000n);
const invoiceOf = fc
  .record({
    plan: amount,
    proration: fc.bigInt(-20_000n, 20_000n),
    minutes: amount,
    credit: fc.bigInt(-3_000n, 0n),
    other: amount,
    tax: fc.bigInt(0n, 5_000n),
    inHand: fc.bigInt(-40_000n, 100n),
    noted: fc.bigInt(0n, 20_000n),
    part: fc.bigInt(0n, 20_000n),
    end: fc.constantFrom("open", "paid", "elsewhere", "uncollectible", "void", "given up, void", "given up, paid"),
  })
  .map((of) => {
    const { plan, proration, minutes, credit, other, tax, inHand, end } = of;
    const total = plan + proration + minutes + credit + other + tax;
    const due = total + inHand > 0n ? total + inHand : 0n;
    const creditedBefore = of.noted < due ? of.noted : 0n;
    const left = due - creditedBefore;
    const part = of.part < left ? of.part : 0n;
    const isPaid = end === "paid" || end === "given up, paid";
    const payments = [
      { ref: "inpay_1", amount: part, paidAt: day(2) },
      { ref: "inpay_2", amount: isPaid ? left - part : 0n, paidAt: day(9) },
    ].filter((payment) => payment.amount > 0n);
    const isGivenUp = end === "uncollectible" || end.startsWith("given up");
    const status = end.endsWith("void") ? "void" : isPaid || end === "elsewhere" ? "paid" : isGivenUp ? end : "open";
    const invoice: InvoiceRecord = {
      ...base,
      status: status as InvoiceRecord["status"],
      ...{ tax, total, amountDue: left, balanceApplied: due - total, creditedBefore, payments },
      lines: [
        line("plan", plan),
        line("proration", proration),
        line("minutes", minutes),
        line("credit", credit),
        line("other", other),
      ],
      givenUpAt: isGivenUp ? day(5) : null,
      voidedAt: status === "void" ? day(8) : null,
      paidAt: status === "paid" ? day(9) : null,
    };
    return { invoice, owed: status === "open" ? left - part : 0n, part, creditedBefore, left, end };
  });

it("after all that an invoice has moved, and whatever became of it, `receivable` is what is still owed of it", () => {
  fc.assert(
    fc.property(invoiceOf, ({ invoice, owed, creditedBefore, end }) => {
      const found = sums(invoiceEntries(invoice));
      // What credit notes took off is posted with them.
      expect((found["billing.receivable"] ?? 0n) - creditedBefore).toBe(owed);
      expect(Object.values(found).reduce((sum, each) => sum + each, 0n)).toBe(0n);
      const given = invoice.lines.reduce((sum, { kind, amount: of }) => (kind === "credit" ? sum - of : sum), 0n);
      expect(found["billing.credits"] ?? 0n).toBe(end.endsWith("void") ? 0n : given - invoice.balanceApplied);
    }),
    { numRuns: 500 },
  );
});

it("what was read early of an invoice is the beginning of what is read late", () => {
  fc.assert(
    fc.property(invoiceOf, ({ invoice }) => {
      const early = invoiceEntries({
        ...invoice,
        status: "open",
        paidAt: null,
        givenUpAt: null,
        voidedAt: null,
        payments: [],
      });
      const late = spelt(invoiceEntries(invoice));
      for (const entry of spelt(early)) expect(late).toContainEqual(entry);
    }),
    { numRuns: 200 },
  );
});

it("each kind of line has its account, and a draft has moved nothing", () => {
  const invoice: InvoiceRecord = {
    ...{ ...base, total: 10_300n, tax: 500n, balanceApplied: -800n },
    lines: [line("plan", 9_700n), line("minutes", 500n), line("credit", -400n)],
  };
  expect(spelt(invoiceEntries(invoice))).toEqual([
    [
      "invoice in_1 0",
      "receivable subscription_revenue 9700",
      "receivable overage_revenue 500",
      "receivable tax 500",
      "credits receivable 1200",
    ],
  ]);
  expect(invoiceEntries({ ...invoice, status: "draft" })).toEqual([]);
});

it("refunds and disputes move cash out, and in again where they failed or were won", () => {
  const charge: ChargeRecord = {
    ...{ ref: "ch_1", customerRef: "cus_1", invoiceRef: "in_1", currency: "USD", amount: 9_700n, paidAt: day(1) },
    refunds: [
      { ref: "re_1", amount: 300n, status: "succeeded", createdAt: day(2) },
      { ref: "re_2", amount: 200n, status: "failed", createdAt: day(2) },
      { ref: "re_3", amount: 100n, status: "requires_action", createdAt: day(2) },
    ],
    disputes: [
      { ref: "du_1", amount: 9_700n, status: "won", createdAt: day(3), withdrawnAt: day(3), givenBackAt: day(9) },
      { ref: "du_2", amount: 50n, status: "warning_closed", createdAt: day(3), withdrawnAt: null, givenBackAt: null },
    ],
  };
  expect(spelt(chargeEntries(charge))).toEqual([
    ["refund re_1 0", "refunds cash 300"],
    ["refund re_2 0", "refunds cash 200"],
    ["refund re_2 1", "cash refunds 200"],
    ["dispute du_1 0", "refunds cash 9700"],
    ["dispute du_1 1", "cash refunds 9700"],
  ]);
});

it("a credit note takes back what was earned, by what it was for, against where the amount went; void, it never did", () => {
  const note: CreditNoteRecord = {
    ...{ ref: "cn_1", customerRef: "cus_1", invoiceRef: "in_1", currency: "USD", amount: 1_000n, tax: 100n },
    lines: [
      { kind: "minutes", amount: 200n },
      { kind: "other", amount: 100n },
      { kind: "plan", amount: 600n },
    ],
    ...{
      offInvoice: 0n,
      refunded: 400n,
      toBalance: 500n,
      elsewhere: 100n,
      status: "issued",
      createdAt: day(1),
      voidedAt: null,
    },
  };
  expect(spelt(creditNoteEntries(note))).toEqual([
    [
      "credit_note cn_1 0",
      "subscription_revenue refunds 400",
      "subscription_revenue credits 200",
      "overage_revenue credits 300",
      "tax cash 100",
    ],
  ]);
  const gone: CreditNoteRecord = {
    ...note,
    refunded: 0n,
    toBalance: 0n,
    elsewhere: 0n,
    offInvoice: 1_000n,
    status: "void",
  };
  const undone = sums(creditNoteEntries({ ...gone, voidedAt: day(2) }));
  expect(Object.values(undone).every((each) => each === 0n)).toBe(true);
});
