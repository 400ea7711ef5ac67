import type Stripe from "stripe";
import type { CardRecord } from "../payments/cards";
import { idOf } from "./ids";
import { createTable, type Table } from "./table";

/** A meter event as it was taken. */
export interface UsageRecord {
  /** Meter and identifier: the same identifier may stand for another meter. */
  id: string;
  meter: string;
  customer: string;
  identifier: string;
  /** Units as decimal text. */
  value: string;
  timestamp: number;
  receivedAt: number;
  isCancelled: boolean;
}

/** An event of either kind, kept as the text that is delivered. */
export interface EventRecord {
  id: string;
  type: string;
  created: number;
  objectId: string | null;
  isThin: boolean;
  /** The event object; a thin one with its `data`. */
  text: string;
}

export interface IdempotentReply {
  id: string;
  fingerprint: string;
  requestId: string;
  at: number;
  status: number;
  body: string;
}

/** What a change of a subscription holds back until its invoice is paid. */
export interface PendingChange {
  id: string;
  invoice: string;
  params: Stripe.SubscriptionUpdateParams;
  at: number;
}

/** What Stripe knows of a subscription and does not show. */
export interface SubscriptionNotes {
  id: string;
  /** Set once `customer.subscription.trial_will_end` was told. */
  trialNoticeAt?: number | undefined;
  /** From when usage counts, by item: after a trial, after a change of price. */
  usageFrom: Record<string, number>;
  /** Periods already invoiced end here, by item. */
  usageBilledTo: Record<string, number>;
}

/** All that belongs to one account: the platform's own, or a connected one's. */
export interface Books {
  account: string;
  products: Table<Stripe.Product>;
  prices: Table<Stripe.Price>;
  meters: Table<Stripe.Billing.Meter>;
  usage: Table<UsageRecord>;
  customers: Table<Stripe.Customer>;
  deletedCustomers: Table<{ id: string }>;
  balanceTransactions: Table<Stripe.CustomerBalanceTransaction>;
  paymentMethods: Table<Stripe.PaymentMethod>;
  cards: Table<CardRecord>;
  paymentIntents: Table<Stripe.PaymentIntent>;
  setupIntents: Table<Stripe.SetupIntent>;
  charges: Table<Stripe.Charge>;
  refunds: Table<Stripe.Refund>;
  disputes: Table<Stripe.Dispute>;
  creditNotes: Table<Stripe.CreditNote>;
  creditNoteLines: Table<Stripe.CreditNoteLineItem & { credit_note: string }>;
  subscriptions: Table<Stripe.Subscription>;
  subscriptionNotes: Table<SubscriptionNotes>;
  pendingChanges: Table<PendingChange>;
  invoices: Table<Stripe.Invoice>;
  invoiceItems: Table<Stripe.InvoiceItem>;
  invoicePayments: Table<Stripe.InvoicePayment>;
  sessions: Table<Stripe.Checkout.Session>;
  sessionOrders: Table<{ id: string; params: Stripe.Checkout.SessionCreateParams; items: Stripe.LineItem[] }>;
  portalConfigurations: Table<Stripe.BillingPortal.Configuration>;
  portalSessions: Table<Stripe.BillingPortal.Session>;
  testClocks: Table<Stripe.TestHelpers.TestClock>;
  webhookEndpoints: Table<Stripe.WebhookEndpoint & { isThin?: boolean; signingSecret: string }>;
  events: Table<EventRecord>;
  idempotent: Table<IdempotentReply>;
}

export type BooksTable = Exclude<keyof Books, "account">;

type OnChange = (table: string, id: string, value: { id: string } | undefined) => void;

const customerOf = (value: { customer: string | { id: string } | null }) => idOf(value.customer);

export function openBooks(account: string, onChange: OnChange): Books {
  const table = <T extends { id: string }>(
    name: string,
    keys: Record<string, (value: T) => string | null | undefined> = {},
  ) => createTable<T>(name, onChange, keys);
  return {
    account,
    products: table("products"),
    prices: table("prices", { product: (price) => idOf(price.product), lookup_key: (price) => price.lookup_key }),
    meters: table("meters", { event_name: (meter) => meter.event_name }),
    usage: table("usage", {
      of: (record) => `${record.meter} ${record.customer}`,
      identifier: (record) => record.identifier,
    }),
    customers: table("customers", { email: (customer) => customer.email }),
    deletedCustomers: table("deletedCustomers"),
    balanceTransactions: table<Stripe.CustomerBalanceTransaction>("balanceTransactions", { customer: customerOf }),
    paymentMethods: table<Stripe.PaymentMethod>("paymentMethods", { customer: customerOf }),
    cards: table("cards"),
    paymentIntents: table<Stripe.PaymentIntent>("paymentIntents", { customer: customerOf }),
    setupIntents: table<Stripe.SetupIntent>("setupIntents", { customer: customerOf }),
    charges: table<Stripe.Charge>("charges", {
      customer: customerOf,
      payment_intent: (charge) => idOf(charge.payment_intent),
    }),
    refunds: table("refunds", {
      charge: (refund) => idOf(refund.charge),
      payment_intent: (refund) => idOf(refund.payment_intent),
    }),
    disputes: table("disputes", {
      charge: (dispute) => idOf(dispute.charge),
      payment_intent: (dispute) => idOf(dispute.payment_intent),
    }),
    creditNotes: table<Stripe.CreditNote>("creditNotes", {
      invoice: (note) => idOf(note.invoice),
      customer: customerOf,
    }),
    creditNoteLines: table("creditNoteLines", { credit_note: (line) => line.credit_note }),
    subscriptions: table<Stripe.Subscription>("subscriptions", {
      customer: customerOf,
      test_clock: (each) => idOf(each.test_clock),
    }),
    subscriptionNotes: table("subscriptionNotes"),
    pendingChanges: table("pendingChanges", { invoice: (change) => change.invoice }),
    invoices: table<Stripe.Invoice>("invoices", {
      customer: customerOf,
      subscription: (invoice) => idOf(invoice.parent?.subscription_details?.subscription),
    }),
    invoiceItems: table<Stripe.InvoiceItem>("invoiceItems", {
      customer: customerOf,
      invoice: (item) => idOf(item.invoice),
    }),
    invoicePayments: table("invoicePayments", {
      invoice: (payment) => idOf(payment.invoice),
      payment_intent: (payment) => idOf(payment.payment.payment_intent),
    }),
    sessions: table<Stripe.Checkout.Session>("sessions", {
      customer: customerOf,
      subscription: (session) => idOf(session.subscription),
      payment_intent: (session) => idOf(session.payment_intent),
    }),
    sessionOrders: table("sessionOrders"),
    portalConfigurations: table("portalConfigurations"),
    portalSessions: table("portalSessions"),
    testClocks: table("testClocks"),
    webhookEndpoints: table("webhookEndpoints"),
    events: table("events", { objectId: (event) => event.objectId, kind: (event) => (event.isThin ? "thin" : "full") }),
    idempotent: table("idempotent"),
  };
}
