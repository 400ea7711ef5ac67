import type Stripe from "stripe";
import type { Books, UsageRecord } from "../state/books";
import type { DraftLine } from "./draft-line";
import { lineOf, usageLines } from "./draft-line";
import { countTotals } from "./invoice-object";

/** Lines of drafts that are counted from meter events, by the customer; read again when a late event comes. */
interface CountedLines {
  invoice: string;
  item: Stripe.SubscriptionItem;
  customer: string;
  from: number;
  to: number;
  isProration: boolean;
}

const counted = new WeakMap<Books, Map<string, CountedLines[]>>();

/** Remembers which lines of a draft are counted. */
export function noteCounted(
  books: Books,
  invoice: Stripe.Invoice,
  lines: DraftLine[],
  items: Stripe.SubscriptionItem[],
): void {
  const byCustomer = counted.get(books) ?? new Map<string, CountedLines[]>();
  counted.set(books, byCustomer);
  const seen = new Set<string>();
  for (const { usage, item: id, isProration, price } of lines) {
    const item = items.find((each) => each.id === id);
    if (!usage || !item || !price || seen.has(`${id} ${usage.from} ${usage.to}`)) continue;
    seen.add(`${id} ${usage.from} ${usage.to}`);
    const known = byCustomer.get(usage.customer) ?? [];
    known.push({
      invoice: invoice.id,
      item: { ...item, price },
      customer: usage.customer,
      from: usage.from,
      to: usage.to,
      isProration,
    });
    byCustomer.set(usage.customer, known);
  }
}

/** An event that came late, or was cancelled, changes the draft of its period. */
export function refreshDrafts(books: Books, record: UsageRecord): void {
  const byCustomer = counted.get(books);
  const known = byCustomer?.get(record.customer);
  if (!byCustomer || !known) return;
  const left = known.filter(({ invoice }) => books.invoices.get(invoice)?.status === "draft");
  if (left.length === 0) byCustomer.delete(record.customer);
  else if (left.length < known.length) byCustomer.set(record.customer, left);
  for (const lines of left) {
    if (lines.item.price.recurring?.meter !== record.meter) continue;
    if (record.timestamp < lines.from || record.timestamp >= lines.to) continue;
    const invoice = books.invoices.get(lines.invoice);
    if (invoice) recount(books, invoice, lines);
  }
}

function recount(books: Books, invoice: Stripe.Invoice, lines: CountedLines): void {
  const isOld = (line: Stripe.InvoiceLineItem) =>
    line.parent?.subscription_item_details?.subscription_item === lines.item.id &&
    line.pricing?.price_details?.price === lines.item.price.id &&
    line.period.start === lines.from &&
    line.period.end === lines.to;
  const place = invoice.lines.data.findIndex(isOld);
  const subscription = invoice.lines.data[place]?.subscription;
  const drafts = usageLines(books, lines.item, lines.customer, lines.from, lines.to, lines.isProration);
  const fresh = drafts.map((draft) =>
    lineOf(draft, typeof subscription === "string" ? subscription : null, invoice.id),
  );
  const others = invoice.lines.data.filter((line) => !isOld(line));
  others.splice(Math.max(0, place), 0, ...fresh);
  invoice.lines.data = others;
  countTotals(invoice);
  books.invoices.save(invoice);
}

/** The same for a draft that was read back from disk. */
export function noteCountedAgain(books: Books, invoice: Stripe.Invoice): void {
  const subscription = invoice.parent?.subscription_details?.subscription;
  const items = books.subscriptions.get(typeof subscription === "string" ? subscription : "")?.items.data ?? [];
  const lines = invoice.lines.data.flatMap((line): DraftLine[] => {
    const price = books.prices.get(String(line.pricing?.price_details?.price ?? ""));
    const meter = price?.recurring?.meter;
    const item = line.parent?.subscription_item_details?.subscription_item;
    if (!price || !meter || !item) return [];
    const { start: from, end: to } = line.period;
    const usage = { meter, customer: String(invoice.customer), from, to };
    const isProration = line.parent?.subscription_item_details?.proration ?? false;
    return [
      { amount: 0n, description: "", quantity: 0n, unit: null, price, period: line.period, isProration, item, usage },
    ];
  });
  noteCounted(books, invoice, lines, items);
}
