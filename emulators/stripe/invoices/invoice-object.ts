import type Stripe from "stripe";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { type DraftLine, lineOf } from "./draft-line";

export interface InvoiceOrder {
  customer: Stripe.Customer;
  currency: string;
  subscription: Stripe.Subscription | null;
  reason: Stripe.Invoice.BillingReason;
  lines: DraftLine[];
  period: { start: number; end: number };
  /** undefined: it stays a draft until somebody finalises it. */
  finalizesAt?: number | undefined;
  autoAdvance: boolean;
  collection?: Stripe.Invoice.CollectionMethod;
  daysUntilDue?: number | null;
  description?: string | null;
  footer?: string | null;
  metadata?: Record<string, string>;
  defaultPaymentMethod?: string | null;
  isPreview?: boolean;
}

/** A draft with its totals; nothing is kept and nobody told. */
export function invoiceObject(world: World, books: Books, order: InvoiceOrder): Stripe.Invoice {
  const { customer, subscription } = order;
  const id = order.isPreview ? newId("upcoming_in") : newId("in");
  const created = nowOf(world, books, idOf(customer.test_clock));
  const invoice: Stripe.Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: world.settings.businessName,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: order.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: order.finalizesAt ?? null,
    billing_reason: order.reason,
    collection_method: order.collection ?? subscription?.collection_method ?? "charge_automatically",
    created,
    currency: order.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: order.defaultPaymentMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: order.description ?? null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: order.footer ?? customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: "list",
      data: order.lines.map((line) => ({ ...lineOf(line, subscription?.id ?? null, id), currency: order.currency })),
      has_more: false,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: false,
    metadata: order.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: subscription
      ? {
          quote_details: null,
          subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
          type: "subscription_details",
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: order.period.end,
    period_start: order.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: idOf(customer.test_clock) ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  if (invoice.collection_method === "send_invoice")
    invoice.due_date = created + (order.daysUntilDue ?? subscription?.days_until_due ?? 30) * 86_400;
  countTotals(invoice);
  return invoice;
}

/** Sums the lines; what the customer has in hand counts against what is due, what they owe adds to it. */
export function countTotals(invoice: Stripe.Invoice): void {
  const total = invoice.lines.data.reduce((sum, { amount }) => sum + amount, 0);
  invoice.subtotal = total;
  invoice.subtotal_excluding_tax = total;
  invoice.total = total;
  invoice.total_excluding_tax = total;
  invoice.amount_due = Math.max(0, total + invoice.starting_balance);
  invoice.amount_remaining = invoice.amount_due - invoice.amount_paid;
}
