import type { InvoiceLineKind, InvoiceStatus, SubscriptionStatus } from "@/db/schema";
import type { BillingCatalog, PriceSpec } from "./rules/billing-catalog";
import type { FoundCatalog, SyncStep } from "./rules/plan-sync";

export type { InvoiceLineKind, InvoiceStatus, SubscriptionStatus } from "@/db/schema";
export { type BillingCatalog, lookupKeyOf, METER_EVENT, type PriceSpec, readLookupKey } from "./rules/billing-catalog";
export type { FoundCatalog, FoundTerms, SyncStep } from "./rules/plan-sync";

/** The plans, as the engine that collects has them. */
export type CatalogPort = {
  readCatalog(wanted: BillingCatalog): Promise<FoundCatalog>;
  /** Repeating a step that was done, or whose answer was lost, changes nothing. */
  apply(step: SyncStep): Promise<void>;
};

export type PlanCurrency = PriceSpec["currency"];
export type Every = PriceSpec["every"];
/** What is subscribed to: a version of a plan, found at the engine by its lookup keys. */
export type PlanTerms = { plan: string; planVersion: number; currency: PlanCurrency; every: Every };

export type SubscriptionRecord = PlanTerms & {
  ref: string;
  customerRef: string;
  status: SubscriptionStatus;
  startedAt: Date;
  periodStartsAt: Date;
  periodEndsAt: Date;
  cancelAt: Date | null;
  endedAt: Date | null;
  /** When the first of the customer's subscriptions began to cost, or will once its trial is over; null: none has begun. */
  billedFrom: Date | null;
  /** While it is past due or unpaid: when its oldest open invoice was issued. */
  owedSince: Date | null;
  latestInvoiceRef: string | null;
  /** The customer's others to something of ours that go on beside it. */
  others: string[];
};

/** Amounts in the currency's minor unit; `currency` in capitals. */
export type InvoiceLineRecord = {
  ref: string;
  kind: InvoiceLineKind;
  description: string;
  plan: string | null;
  planVersion: number | null;
  /** Of the plan's price, by which its minutes cost too. */
  billedEvery: Every | null;
  quantity: bigint | null;
  amount: bigint;
  periodStartsAt: Date;
  periodEndsAt: Date;
};

export type InvoiceRecord = {
  ref: string;
  customerRef: string;
  subscriptionRef: string | null;
  number: string | null;
  status: InvoiceStatus;
  reason: string;
  currency: string;
  subtotal: bigint;
  tax: bigint;
  total: bigint;
  amountDue: bigint;
  amountPaid: bigint;
  /** What the customer's balance took from the total (negative: it was given credit) or added to it. */
  balanceApplied: bigint;
  periodStartsAt: Date;
  periodEndsAt: Date;
  /** Of a draft: when it was made. */
  issuedAt: Date;
  paidAt: Date | null;
  /** When it was given up as uncollectible; it may be paid or made void later all the same. */
  givenUpAt: Date | null;
  voidedAt: Date | null;
  nextAttemptAt: Date | null;
  lines: InvoiceLineRecord[];
  /** What was collected for it, each by itself. */
  payments: { ref: string; amount: bigint; paidAt: Date }[];
  /** What credit notes took off it before it was paid. */
  creditedBefore: bigint;
};

/** Money that moved, or moved back, for one charge. */
export type ChargeRecord = {
  ref: string;
  customerRef: string | null;
  invoiceRef: string | null;
  currency: string;
  amount: bigint;
  paidAt: Date;
  refunds: { ref: string; amount: bigint; status: string; createdAt: Date }[];
  /** Withdrawn while a dispute lasts; given back if it is won. null: that has not happened (yet). */
  disputes: {
    ref: string;
    amount: bigint;
    status: string;
    createdAt: Date;
    withdrawnAt: Date | null;
    givenBackAt: Date | null;
  }[];
};

export type CreditNoteRecord = {
  ref: string;
  customerRef: string;
  invoiceRef: string;
  currency: string;
  /** With its tax. */
  amount: bigint;
  tax: bigint;
  /** What it takes back, by what it was invoiced for; before tax. */
  lines: { kind: InvoiceLineKind; amount: bigint }[];
  /** Where the amount went: off what was still owed, back as refunds, into the customer's balance, or paid back elsewhere. */
  offInvoice: bigint;
  refunded: bigint;
  toBalance: bigint;
  elsewhere: bigint;
  status: "issued" | "void";
  createdAt: Date;
  voidedAt: Date | null;
};

/** A visit to the checkout page. */
export type CheckoutRecord = { ref: string; customerRef: string | null };

/**
 * What there is at the engine now. undefined: it is not there, or not of ours (a subscription to another's prices, a charge that moved no
 * money). Each throws where the engine cannot be reached or refuses.
 */
export type RecordsPort = {
  readCheckout(ref: string): Promise<CheckoutRecord | undefined>;
  readSubscription(ref: string): Promise<SubscriptionRecord | undefined>;
  /** The customer's subscription that counts: one that goes on before one that is over, and both before one that never began; of several the latest. */
  readSubscriptionOf(customerRef: string): Promise<SubscriptionRecord | undefined>;
  readInvoice(ref: string): Promise<InvoiceRecord | undefined>;
  readCharge(ref: string): Promise<ChargeRecord | undefined>;
  readCreditNote(ref: string): Promise<CreditNoteRecord | undefined>;
  findChargeOf(what: { refundRef: string } | { disputeRef: string }): Promise<string | undefined>;
  /** For reconciliation: everything that was invoiced to a customer with a period's end in the span. */
  listInvoices(customerRef: string, span: { from: Date; to: Date }): Promise<InvoiceRecord[]>;
  /** Every charge of the span, and those of the year and a half before it of which something went back, whenever it did. */
  listCharges(customerRef: string, span: { from: Date; to: Date }): Promise<ChargeRecord[]>;
  /** Those that were issued in the span. */
  listCreditNotes(customerRef: string, span: { from: Date; to: Date }): Promise<CreditNoteRecord[]>;
  /** Short-lived pages of one invoice at the engine. */
  findInvoicePages(ref: string): Promise<{ pageUrl: string | null; pdfUrl: string | null } | undefined>;
};

export type ProrationPreview = {
  /** What would be paid at once; less than 0 is credit for later invoices. */
  dueNow: bigint;
  currency: string;
  /** `quantity` of minutes; what the engine says of them is not for people. */
  lines: { kind: "minutes" | "plan"; description: string; quantity: bigint | null; amount: bigint }[];
  nextInvoiceAt: Date;
};

/**
 * `cause` makes the request's idempotency key: the same cause again is the same request. Each throws `unavailable` where the engine cannot be
 * reached or refuses; nothing is known to have changed then, and asking again under the same cause is safe.
 */
export type CheckoutPort = {
  /** One for each organisation, however many ask at once. */
  createCustomer(ask: {
    orgId: string;
    name: string;
    email: string | null;
    cause: string;
  }): Promise<{ customerRef: string }>;
  /** A page that is open for the same terms is given again, one for others is closed. "subscribed": the customer has a subscription. */
  createCheckout(
    ask: PlanTerms & { orgId: string; customerRef: string; returnUrl: string; cancelUrl: string; cause: string },
  ): Promise<{ url: string } | "subscribed">;
  openPortal(ask: { customerRef: string; returnUrl: string }): Promise<{ url: string }>;
  /** What changing would cost at `at`; the change with the same `at` costs exactly that. `at` lies in the running period, in whole seconds. */
  previewChange(ask: { subscriptionRef: string; to: PlanTerms; at: Date }): Promise<ProrationPreview>;
  /**
   * "declined": nothing changed, because it could not be paid. `confirmAt`: nothing changed yet, because the payer's bank asks them on that page
   * of the invoice's; once they have answered the change comes about by itself, and another one before gives it up.
   */
  changePlan(ask: {
    subscriptionRef: string;
    to: PlanTerms;
    at: Date;
    cause: string;
  }): Promise<"changed" | "declined" | { confirmAt: string }>;
  setCancelAtPeriodEnd(ask: { subscriptionRef: string; cancel: boolean; cause: string }): Promise<void>;
  /** Nothing of the customer's goes on: open pages to pay on are closed, then every subscription ends with its period. Done again it changes nothing. */
  endAll(customerRef: string): Promise<void>;
};

/** "inactive": there is no meter that counts. */
export type MeterRefusal = "unknown_customer" | "too_late" | "in_future" | "duplicate" | "inactive" | "other";

/** `amount` is more than 0, in the currency's minor unit. Repeating it under the same cause changes nothing, however much later. */
type InvoiceItem = {
  customerRef: string;
  amount: bigint;
  currency: PlanCurrency;
  description: string;
  cause: string;
};

export type MeterPort = {
  /**
   * `identifier` is what the engine recognises a repetition by, for a day; `attempt` counts the requests made with it. "busy": asked too
   * often, or another of the customer's is being taken; surely not counted. Throws where nobody can say whether it was.
   */
  reportMinutes(ask: { identifier: string; customerRef: string; minutes: number; at: Date; attempt: number }): Promise<
    | { outcome: "taken" }
    | { outcome: "busy"; retryAfterSeconds: number | undefined }
    | { outcome: "refused"; why: MeterRefusal; said: string }
    /** Refused for a reason that no event has: the meter, or what may be asked of it, is not as it should be. */
    | { outcome: "closed"; said: string }
  >;
  /** Within a day of having been taken; "too_late" afterwards. Cancelled before is "cancelled"; "unknown" what was never counted. */
  cancelMinutes(identifier: string, attempt: number): Promise<"cancelled" | "too_late" | "unknown">;
  /** Takes `amount` off the customer's next invoice. What stands there of the same cause stays, and its amount is answered. */
  giveCredit(credit: InvoiceItem): Promise<{ ref: string; amount: bigint }>;
  /** Puts `amount` on the customer's next invoice; the same otherwise. */
  addCharge(charge: InvoiceItem): Promise<{ ref: string; amount: bigint }>;
  isMeterActive(): Promise<boolean>;
  /** Minutes the engine has counted for a customer in a span of whole minutes. */
  countedMinutes(ask: { customerRef: string; from: Date; to: Date }): Promise<number>;
  /** The same for each hour in which something was counted; `from` and `to` are whole hours. */
  countedByHour(ask: { customerRef: string; from: Date; to: Date }): Promise<{ from: Date; minutes: number }[]>;
  /** What a thin event about usage says: identifiers of refused events with the reason; null for those it only counts. */
  readMeterErrors(eventRef: string): Promise<{ why: MeterRefusal; identifier: string | null; said: string }[]>;
};

/** What billing needs of the engine that collects money. Throws where it cannot be reached or refuses. */
export type BillingPort = CatalogPort & CheckoutPort & RecordsPort & MeterPort;

/** What the engine says has happened: a hint, of which only the names count. What it means is read at the engine. */
export type BillingEvent = {
  id: string;
  /** "invoice.paid": of thin events too, without their version. */
  kind: string;
  objectRef: string | null;
  customerRef: string | null;
  isThin: boolean;
  happenedAt: Date;
};
