import { chargeFor, type MinuteTerms } from "./charges";

/** What a comparison of the sides finds, and may find no longer. */
export const differenceKinds = [
  "lost_meter_event",
  "billed_twice",
  "overbilled",
  "underbilled",
  "refunded_twice",
  "stuck_call",
  "cost_differs",
  "unknown_payment",
  "invoice_differs",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What somebody has to see: that, what the engine's meter refuses, and who pays for two subscriptions. */
export type BillingItemKind =
  | DifferenceKind
  | "meter_unknown_customer"
  | "meter_too_late"
  | "meter_refused"
  | "two_subscriptions";

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
type ComparedRefund = { ref: string; amount: bigint; status: string; createdAt: Date };
type ComparedCharge = {
  ref: string;
  invoiceRef: string | null;
  currency: string;
  amount: bigint;
  paidAt: Date;
  refunds: ComparedRefund[];
};

/** Where two sides say different things; `at` is the instant it is about, by which a later comparison knows whether it has looked there. */
export type Difference = {
  kind: DifferenceKind;
  subject: string;
  at: Date;
  facts: Record<string, string | number | null>;
  proposal: string;
};

/** A call as we have it. */
export type ComparedCall = {
  callId: string;
  /** When it ended, or was last heard of. */
  at: Date;
  state: "open" | "given_up" | "ended";
  /** What it was counted for; null: it was not. */
  minutes: number | null;
  ledgerMinutes: number;
  /** Minutes that the engine has, by our own book; null: it is to have none. */
  atEngine: number | null;
  /** Something of it is on its way, or is an item already. */
  isUnsettled: boolean;
  costMicros: bigint | null;
  ledgerCostMicros: bigint;
  /** What the provider says now; undefined: it was not asked. */
  provider?: { costMicros: bigint | null; isOver: boolean; seconds: number | null } | undefined;
};

/** Calls against the ledger, our book of the meter, and the provider. */
export function callDifferences(calls: readonly ComparedCall[]): Difference[] {
  return calls.flatMap((call): Difference[] => {
    const { callId: subject, at } = call;
    if (call.state !== "ended") return [stuck(call)];
    if (call.minutes === null)
      return [{ kind: "underbilled", subject, at, facts: { why: "never_counted" }, proposal: "Count the call" }];
    const found: Difference[] = [];
    const minutesSide = (why: string, other: number): Difference => ({
      kind: other > (call.minutes ?? 0) ? "overbilled" : "underbilled",
      subject,
      at,
      facts: { why, counted: call.minutes, other },
      proposal: "Look at the call's entries",
    });
    if (call.ledgerMinutes !== call.minutes) found.push(minutesSide("ledger", call.ledgerMinutes));
    else if (call.atEngine !== null && !call.isUnsettled && call.atEngine !== call.minutes)
      found.push(minutesSide("meter_book", call.atEngine));
    const cost = call.costMicros ?? 0n;
    const told = call.provider?.costMicros;
    if (call.ledgerCostMicros !== cost || (told != null && told !== cost))
      found.push({
        kind: "cost_differs",
        subject,
        at,
        facts: { call: cost.toString(), ledger: call.ledgerCostMicros.toString(), provider: told?.toString() ?? null },
        proposal: "Take the provider's cost and count the call again",
      });
    return found;
  });
}

const stuck = ({ callId, at, state, minutes, provider }: ComparedCall): Difference => ({
  kind: "stuck_call",
  subject: callId,
  at,
  facts: {
    why: state === "open" ? "never_ended" : "never_reported",
    counted: minutes,
    providerSeconds: provider?.seconds ?? null,
    providerSays: provider ? (provider.isOver ? "ended" : "running") : null,
  },
  proposal: provider?.isOver
    ? "Count the call by the end that the provider tells"
    : "Look the call up at the provider, and count it by its real end",
});

/** An event as our book has it; `isSure`: the engine has had time to count it. */
export type ComparedEvent = { callId: string; identifier: string; revision: number; minutes: number; isSure: boolean };

/** What the engine counted in a minute against our events of it. The same minutes lost and doubled within one minute cancel out unseen. */
export function meterDifferences(at: Date, counted: number, events: readonly ComparedEvent[]): Difference[] {
  const sum = (some: readonly ComparedEvent[]) => some.reduce((all, { minutes }) => all + minutes, 0);
  const sure = events.filter(({ isSure }) => isSure);
  const missing = sum(sure) - counted;
  if (missing > 0)
    return whichMake(sure, missing).map((event) => ({
      kind: "lost_meter_event",
      subject: event.callId,
      at,
      facts: { minutes: event.minutes, identifier: event.identifier, revision: event.revision, missing, counted },
      proposal: `Send the call's ${event.minutes} minutes again`,
    }));
  const excess = counted - sum(events);
  if (excess <= 0) return [];
  const twin = events.find(({ minutes }) => minutes === excess);
  const subject = (twin ?? events[0])?.callId ?? at.toISOString();
  return [
    {
      kind: twin ? "billed_twice" : "overbilled",
      subject,
      at,
      facts: { minutes: excess, counted, ours: sum(events) },
      proposal: `Credit ${excess} minutes as far as they were charged`,
    },
  ];
}

/** The events whose minutes add up to what is missing, the fewest first; all of them where none do. */
function whichMake(events: readonly ComparedEvent[], missing: number): readonly ComparedEvent[] {
  let sets: { left: number; chosen: ComparedEvent[] }[] = [{ left: missing, chosen: [] }];
  for (let size = 0; size <= events.length && sets.length < 10_000; size++) {
    const done = sets.find(({ left }) => left === 0);
    if (done) return done.chosen;
    sets = sets.flatMap(({ left, chosen }) => {
      const from = chosen.length === 0 ? 0 : events.indexOf(chosen.at(-1) as ComparedEvent) + 1;
      return events
        .slice(from)
        .filter(({ minutes }) => minutes <= left)
        .map((event) => ({ left: left - event.minutes, chosen: [...chosen, event] }));
    });
  }
  return events;
}

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
  if (!known) differs({ why: "unknown", total: invoice.total.toString() }, "Read the invoice from the engine");
  else if (known.status !== invoice.status || known.total !== invoice.total)
    differs(
      { why: "outdated", status: known.status, atEngine: invoice.status, total: known.total.toString() },
      "Read the invoice from the engine",
    );
  else if (invoice.payments.some(({ ref }) => !ledgerPayments.has(ref)))
    differs({ why: "payment_not_posted" }, "Read the invoice from the engine");
  for (const span of minutes) {
    const should = span.terms && chargeFor(span.invoiced, span.terms);
    if (should !== undefined && should !== span.amount)
      differs(
        { why: "price", minutes: span.invoiced, amount: span.amount.toString(), should: should.toString() },
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
  { ref, total, periodEndsAt }: Pick<ComparedInvoice, "ref" | "total" | "periodEndsAt">,
  beyond: bigint,
): Difference => ({
  kind: "invoice_differs",
  subject: ref,
  at: periodEndsAt,
  facts: { total: total.toString(), beyondItsLines: beyond.toString() },
  proposal: "Its lines and tax do not add up to its total: look at the invoice at the engine.",
});

/** An entry made of what the engine has, as lib/billing/invoices/entries.ts makes it. */
type ComparedEntry = {
  cause: { kind: string; id: string; occasion: number };
  effectiveAt: Date;
  lines: { debit: string; credit: string; unit: string; amount: bigint }[];
};

export const causeKey = ({ kind, id, occasion }: ComparedEntry["cause"]): string => `${kind} ${id} ${occasion}`;

export const lineKey = ({ debit, credit, unit, amount }: ComparedEntry["lines"][number]): string =>
  `${debit} ${credit} ${unit} ${amount}`;

/** What the engine has now of an invoice `of`, where the ledger has other lines of the same cause. */
export const postedOtherwise = (
  of: { ref: string; at: Date },
  { cause, lines }: Omit<ComparedEntry, "effectiveAt">,
): Difference => ({
  kind: "invoice_differs",
  subject: of.ref,
  at: of.at,
  facts: { cause: causeKey(cause), read: lines.map(lineKey).join("; ") },
  proposal: "The ledger has other amounts under this cause: compare it with the engine and correct it by hand.",
});

/** `posted`: the ledger's lines by cause. What it has nothing of yet is no difference here. */
export const entryDifferences = (
  of: { ref: string; at: Date },
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
): Difference[] =>
  entries
    .filter(({ cause, lines }) => {
      const there = posted.get(causeKey(cause));
      return there !== undefined && there !== lines.map(lineKey).join("; ");
    })
    .map((entry) => postedOtherwise(of, entry));

type ComparedDispute = { ref: string; amount: bigint };
type ComparedNote = { ref: string; invoiceRef: string; amount: bigint; currency: string; createdAt: Date };

const isMissing =
  (posted: ReadonlyMap<string, string>, settledBefore: Date) =>
  ({ cause, effectiveAt }: ComparedEntry): boolean =>
    effectiveAt < settledBefore && !posted.has(causeKey(cause));

/** What a bank has taken, or given back, for a payment, and the ledger has nothing of. */
export function disputeDifferences(
  { ref, currency, paidAt: at, disputes }: Omit<ComparedCharge, "refunds"> & { disputes: ComparedDispute[] },
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
  settledBefore: Date,
): Difference[] {
  const missing = new Set(
    entries.filter(isMissing(posted, settledBefore)).map(({ cause }) => `${cause.kind} ${cause.id}`),
  );
  return disputes
    .filter((dispute) => missing.has(`dispute ${dispute.ref}`))
    .map((dispute) => ({
      kind: "unknown_payment",
      subject: dispute.ref,
      at,
      facts: { why: "dispute", amount: dispute.amount.toString(), currency, charge: ref },
      proposal: "Read the payment from the engine",
    }));
}

/** A credit note that the ledger has nothing of. */
export const noteDifferences = (
  note: ComparedNote,
  entries: readonly ComparedEntry[],
  posted: ReadonlyMap<string, string>,
  settledBefore: Date,
): Difference[] =>
  entries.some(isMissing(posted, settledBefore))
    ? [
        {
          kind: "invoice_differs",
          subject: note.ref,
          at: note.createdAt,
          facts: {
            why: "credit_note",
            amount: note.amount.toString(),
            currency: note.currency,
            invoice: note.invoiceRef,
          },
          proposal: "Read the credit note from the engine",
        },
      ]
    : [];

const absolute = (amount: bigint | undefined) => (amount === undefined ? undefined : amount < 0n ? -amount : amount);

/** Failed and cancelled refunds moved nothing. */
const isLive = ({ status }: ComparedRefund) => status !== "failed" && status !== "canceled";

/** One payment: that it is for an invoice, that nothing was paid back twice (the same amount again, or more than was paid), and is in the ledger. */
export function chargeDifferences(
  charge: ComparedCharge,
  posted: ReadonlySet<string>,
  settledBefore: Date,
): Difference[] {
  const { ref, amount, currency, paidAt: at } = charge;
  if (!charge.invoiceRef)
    return [
      {
        kind: "unknown_payment",
        subject: ref,
        at,
        facts: { amount: amount.toString(), currency, paidAt: at.toISOString() },
        proposal: "It is for no invoice: find out what was paid, and refund it or invoice it.",
      },
    ];
  const found: Difference[] = [];
  const seen = new Set<bigint>();
  let left = amount;
  for (const refund of charge.refunds.filter(isLive).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    left -= refund.amount;
    const facts = { amount: refund.amount.toString(), currency, charge: ref, paid: amount.toString() };
    if (seen.has(refund.amount) || left < 0n)
      found.push({
        kind: "refunded_twice",
        subject: refund.ref,
        at,
        facts,
        proposal: "Charge the amount again, unless both were meant",
      });
    else if (refund.status === "succeeded" && refund.createdAt < settledBefore && !posted.has(refund.ref))
      found.push({
        kind: "unknown_payment",
        subject: refund.ref,
        at,
        facts,
        proposal: "Read the payment from the engine",
      });
    seen.add(refund.amount);
  }
  return found;
}
