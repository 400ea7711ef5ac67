import type Stripe from "stripe";
import { decimal, prorated, showUnit, wire } from "../money/amounts";
import { amountOf, amountParts } from "../money/price-amount";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { usageOf } from "../usage/sum";

/** A line before it stands on an invoice; what it comes from says how it is shown. */
export interface DraftLine {
  amount: bigint;
  description: string;
  quantity: bigint;
  unit: string | null;
  price: Stripe.Price | null;
  period: { start: number; end: number };
  isProration: boolean;
  item?: string | undefined;
  /** Of an invoice item. */
  invoiceItem?: string | undefined;
  metadata?: Record<string, string>;
  /** Counted from meter events: read again while the invoice is a draft. */
  usage?: { meter: string; customer: string; from: number; to: number };
}

const nameOf = (books: Books, price: Stripe.Price): string =>
  books.products.get(idOf(price.product))?.name ?? "Product";

const per = ({ recurring }: Stripe.Price): string =>
  !recurring
    ? ""
    : recurring.interval_count === 1
      ? ` / ${recurring.interval}`
      : ` every ${recurring.interval_count} ${recurring.interval}s`;

/** What an item of a fixed quantity costs for a whole period, in advance. */
export function licensedLines(
  books: Books,
  item: Stripe.SubscriptionItem,
  period: { start: number; end: number },
): DraftLine[] {
  const quantity = BigInt(item.quantity ?? 1);
  return amountParts(item.price, quantity).map((part) => ({
    amount: part.amount,
    description: `${part.quantity} × ${nameOf(books, item.price)} (at ${showUnit(part.unit, item.price.currency)}${per(item.price)})`,
    quantity: part.quantity,
    unit: part.unit,
    price: item.price,
    period,
    isProration: false,
    item: item.id,
  }));
}

export function trialLines(
  books: Books,
  item: Stripe.SubscriptionItem,
  period: { start: number; end: number },
): DraftLine[] {
  return [
    {
      amount: 0n,
      description: `Trial period for ${nameOf(books, item.price)}`,
      quantity: BigInt(item.quantity ?? 1),
      unit: "0",
      price: item.price,
      period,
      isProration: false,
      item: item.id,
    },
  ];
}

/** What was used in [from, to), in arrears: one line for each tier that is reached. */
export function usageLines(
  books: Books,
  item: Stripe.SubscriptionItem,
  customer: string,
  from: number,
  to: number,
  isProration = false,
): DraftLine[] {
  const meter = item.price.recurring?.meter ?? "";
  const used = usageOf(books, meter, customer, from, to);
  const unitName = books.products.get(idOf(item.price.product))?.unit_label ?? "unit";
  return amountParts(item.price, used).map((part) => ({
    amount: part.amount,
    description: `${part.quantity} ${unitName} × ${nameOf(books, item.price)} (${part.label ? `${part.label} ` : ""}at ${showUnit(part.unit, item.price.currency)}${per(item.price)})`,
    quantity: part.quantity,
    unit: part.unit,
    price: item.price,
    period: { start: from, end: to },
    isProration,
    item: item.id,
    usage: { meter, customer, from, to },
  }));
}

/** The rest of a period of an item, to be paid or (sign -1) to be given back. */
export function prorationLine(
  books: Books,
  item: Stripe.SubscriptionItem,
  sign: 1n | -1n,
  at: number,
  period: { start: number; end: number },
): DraftLine {
  const quantity = BigInt(item.quantity ?? 1);
  const amount = sign * prorated(amountOf(item.price, quantity), period.end - at, period.end - period.start);
  const day = new Date(at * 1000).toLocaleDateString("en-GB", {
    day: "2-digit",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const times = quantity === 1n ? "" : `${quantity} × `;
  return {
    amount,
    description: `${sign < 0n ? "Unused time on" : "Remaining time on"} ${times}${nameOf(books, item.price)} after ${day}`,
    quantity,
    unit: null,
    price: item.price,
    period: { start: at, end: period.end },
    isProration: true,
    item: item.id,
  };
}

export function lineOf(draft: DraftLine, subscription: string | null, invoice: string | null): Stripe.InvoiceLineItem {
  const { price } = draft;
  const amount = wire(draft.amount);
  const details = draft.item !== undefined;
  return {
    id: newId("il"),
    object: "line_item",
    amount,
    currency: price?.currency ?? "usd",
    description: draft.description,
    discount_amounts: [],
    discountable: !draft.isProration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: draft.metadata ?? {},
    parent: details
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: draft.invoiceItem ?? null,
            proration: draft.isProration,
            proration_details: draft.isProration ? { credited_items: null } : null,
            subscription,
            subscription_item: draft.item ?? "",
          },
          type: "subscription_item_details",
        }
      : {
          invoice_item_details: {
            invoice_item: draft.invoiceItem ?? "",
            proration: draft.isProration,
            proration_details: null,
            subscription,
          },
          subscription_item_details: null,
          type: "invoice_item_details",
        },
    period: draft.period,
    pretax_credit_amounts: [],
    pricing: price
      ? {
          price_details: { price: price.id, product: idOf(price.product) },
          type: "price_details",
          unit_amount_decimal: draft.unit === null ? null : decimal(draft.unit),
        }
      : null,
    quantity: wire(draft.quantity),
    quantity_decimal: decimal(String(draft.quantity)),
    subscription,
    subtotal: amount,
    taxes: [],
  };
}
