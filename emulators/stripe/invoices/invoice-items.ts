import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { decimal, decimalText, priced, readCurrency, wire } from "../money/amounts";
import { amountOf } from "../money/price-amount";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { type DraftLine, lineOf } from "./draft-line";
import { countTotals } from "./invoice-object";

const url = "/v1/invoiceitems";

export const invoiceItemHandlers: Handlers<
  "InvoiceItems.create" | "InvoiceItems.retrieve" | "InvoiceItems.update" | "InvoiceItems.del" | "InvoiceItems.list"
> = {
  "InvoiceItems.create": handler<Stripe.InvoiceItemCreateParams>(create),
  "InvoiceItems.retrieve": ({ books, ids }) => need(books.invoiceItems, ids.id, "invoiceitem"),
  "InvoiceItems.update": handler<Stripe.InvoiceItemUpdateParams>(({ books, params, ids }) => {
    const item = need(books.invoiceItems, ids.id, "invoiceitem");
    requireOpen(books, item);
    if (params.amount !== undefined) item.amount = params.amount;
    if (params.description !== undefined) item.description = params.description;
    item.metadata = mergeMetadata(item.metadata ?? {}, params.metadata);
    books.invoiceItems.save(item);
    return item;
  }),
  "InvoiceItems.del": ({ world, books, ids }: Call) => {
    const item = need(books.invoiceItems, ids.id, "invoiceitem");
    requireOpen(books, item);
    books.invoiceItems.delete(item.id);
    const invoice = books.invoices.get(idOf(item.invoice) ?? "");
    if (invoice) {
      invoice.lines.data = invoice.lines.data.filter(
        (line) => line.parent?.invoice_item_details?.invoice_item !== item.id,
      );
      countTotals(invoice);
      books.invoices.save(invoice);
    }
    recordEvent(world, books, "invoiceitem.deleted", item, { testClock: idOf(item.test_clock) });
    return { id: item.id, object: "invoiceitem", deleted: true };
  },
  "InvoiceItems.list": handler<Stripe.InvoiceItemListParams>(({ books, params }) =>
    listPage(books.invoiceItems, params, {
      url,
      by: params.customer ? ["customer", params.customer] : undefined,
      where: (item) =>
        (params.invoice === undefined || item.invoice === params.invoice) &&
        (params.pending === undefined || params.pending === (item.invoice === null)),
    }),
  ),
};

function requireOpen(books: Books, item: Stripe.InvoiceItem): void {
  const invoice = books.invoices.get(idOf(item.invoice) ?? "");
  if (invoice && invoice.status !== "draft")
    throw invalid(
      "This invoice item is attached to an invoice that is no longer editable.",
      undefined,
      "invoice_not_editable",
    );
}

function create({ world, books, params }: Call<Stripe.InvoiceItemCreateParams>): object {
  const customer = need(books.customers, params.customer, "customer", "customer");
  const price = params.pricing?.price ? need(books.prices, params.pricing.price, "price", "pricing[price]") : null;
  if (price?.recurring)
    throw invalid("The price specified is recurring; invoice items take one-time prices.", "pricing[price]");
  if (params.price_data) throw invalid("price_data is not played by this emulator.", "price_data");
  const quantity = BigInt(params.quantity ?? 1);
  const unit = decimalText(params.unit_amount_decimal);
  const amount = price
    ? amountOf(price, quantity)
    : unit === undefined
      ? BigInt(params.amount ?? 0)
      : priced(quantity, unit);
  if (!price && unit === undefined && params.amount === undefined)
    throw invalid("You must pass either `amount` or `pricing`.", "amount", "parameter_missing");
  if (!price && !params.currency && !customer.currency)
    throw invalid("Missing required param: currency.", "currency", "parameter_missing");
  const currency = price?.currency ?? readCurrency(params.currency ?? customer.currency ?? "");
  if (customer.currency && customer.currency !== currency)
    throw invalid(
      `You cannot combine currencies on a single customer: ${customer.currency} and ${currency}.`,
      "currency",
    );
  const subscription = params.subscription
    ? need(books.subscriptions, params.subscription, "subscription", "subscription").id
    : null;
  const item = makeItem(world, books, customer, {
    amount,
    currency,
    description: params.description ?? null,
    quantity,
    unit: unit ?? (price ? (decimalText(price.unit_amount_decimal) ?? null) : String(amount)),
    price,
    subscription,
    isProration: false,
    metadata: mergeMetadata({}, params.metadata),
    ...(params.period ? { period: params.period } : {}),
  });
  if (params.invoice) {
    const invoice = need(books.invoices, params.invoice, "invoice", "invoice");
    if (invoice.status !== "draft")
      throw invalid("The invoice is no longer a draft.", "invoice", "invoice_not_editable");
    item.invoice = invoice.id;
    books.invoiceItems.save(item);
    invoice.lines.data.push({ ...lineOf(draftOf(books, item), subscription, invoice.id), currency });
    countTotals(invoice);
    books.invoices.save(invoice);
  }
  return item;
}

interface ItemOrder {
  amount: bigint;
  currency: string;
  description: string | null;
  quantity: bigint;
  unit: string | null;
  price: Stripe.Price | null;
  subscription: string | null;
  subscriptionItem?: string | undefined;
  isProration: boolean;
  metadata: Record<string, string>;
  period?: { start: number; end: number };
}

function makeItem(world: World, books: Books, customer: Stripe.Customer, order: ItemOrder): Stripe.InvoiceItem {
  const testClock = idOf(customer.test_clock);
  const now = nowOf(world, books, testClock);
  const item: Stripe.InvoiceItem = {
    id: newId("ii"),
    object: "invoiceitem",
    amount: wire(order.amount),
    currency: order.currency,
    customer: customer.id,
    customer_account: null,
    date: now,
    description: order.description,
    discountable: !order.isProration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: order.metadata,
    net_amount: wire(order.amount),
    parent: order.subscription
      ? {
          subscription_details: {
            subscription: order.subscription,
            ...(order.subscriptionItem ? { subscription_item: order.subscriptionItem } : {}),
          },
          type: "subscription_details",
        }
      : null,
    period: order.period ?? { start: now, end: now },
    pricing: order.price
      ? {
          price_details: { price: order.price.id, product: idOf(order.price.product) },
          type: "price_details",
          unit_amount_decimal: order.unit === null ? null : decimal(order.unit),
        }
      : null,
    proration: order.isProration,
    quantity: wire(order.quantity),
    quantity_decimal: decimal(String(order.quantity)),
    tax_rates: [],
    test_clock: testClock ?? null,
  };
  books.invoiceItems.save(item);
  recordEvent(world, books, "invoiceitem.created", item, { testClock });
  return item;
}

/** Keeps lines as items that wait for the next invoice, or for the one they are given to. */
export function itemsOf(
  world: World,
  books: Books,
  customer: Stripe.Customer,
  subscription: string,
  lines: DraftLine[],
): DraftLine[] {
  return lines.map((line) => {
    const item = makeItem(world, books, customer, {
      amount: line.amount,
      currency: line.price?.currency ?? customer.currency ?? "usd",
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      subscription,
      subscriptionItem: line.item,
      isProration: line.isProration,
      metadata: {},
      period: line.period,
    });
    return { ...line, invoiceItem: item.id };
  });
}

/** What waits for a customer: of the subscription, and of none. */
export function pendingLines(books: Books, customer: string, subscription: string | null): DraftLine[] {
  return books.invoiceItems
    .all("customer", customer)
    .filter((item) => item.invoice === null && books.invoiceItems.get(item.id))
    .filter((item) => [null, subscription].includes(item.parent?.subscription_details?.subscription ?? null))
    .map((item) => draftOf(books, item));
}

function draftOf(books: Books, item: Stripe.InvoiceItem): DraftLine {
  const subscriptionItem = item.parent?.subscription_details?.subscription_item;
  return {
    amount: BigInt(item.amount),
    description: item.description ?? "",
    quantity: BigInt(item.quantity),
    unit: decimalText(item.pricing?.unit_amount_decimal) ?? null,
    price: books.prices.get(idOf(item.pricing?.price_details?.price) ?? "") ?? null,
    period: item.period,
    isProration: item.proration,
    item: subscriptionItem,
    invoiceItem: item.id,
    metadata: item.metadata ?? {},
  };
}
