import type Stripe from "stripe";
import { invalid } from "../errors";
import type { Books } from "../state/books";

type Node = { [name: string]: unknown };
export type Tree = { [name: string]: Tree };

/** `["data.customer", "data.items"]` as a tree; Stripe goes four levels deep. */
export function expandTree(paths: unknown): Tree {
  const tree: Tree = {};
  if (!Array.isArray(paths)) return tree;
  for (const path of paths) {
    const parts = String(path).split(".");
    if (parts.filter((part) => part !== "data").length > 4)
      throw invalid("You cannot expand more than 4 levels of a property", "expand");
    let node = tree;
    for (const part of parts) {
      node[part] ??= {};
      node = node[part];
    }
  }
  return tree;
}

const tables: Record<string, (books: Books, id: string) => object | undefined> = {
  cus: (books, id) => books.customers.get(id) ?? deleted(books, id),
  sub: (books, id) => books.subscriptions.get(id),
  in: (books, id) => books.invoices.get(id),
  price: (books, id) => books.prices.get(id),
  prod: (books, id) => books.products.get(id),
  pm: (books, id) => books.paymentMethods.get(id),
  pi: (books, id) => books.paymentIntents.get(id),
  seti: (books, id) => books.setupIntents.get(id),
  ch: (books, id) => books.charges.get(id),
  re: (books, id) => books.refunds.get(id),
  cn: (books, id) => books.creditNotes.get(id),
  cs: (books, id) => books.sessions.get(id),
  clock: (books, id) => books.testClocks.get(id),
  bpc: (books, id) => books.portalConfigurations.get(id),
  cbtxn: (books, id) => books.balanceTransactions.get(id),
  mtr: (books, id) => books.meters.get(id),
  ii: (books, id) => books.invoiceItems.get(id),
};

const deleted = (books: Books, id: string) =>
  books.deletedCustomers.get(id) && { id, object: "customer", deleted: true };

/** What is left out of an object unless it is asked for. */
const includable: Record<string, Record<string, (books: Books, value: Node) => unknown>> = {
  price: {
    tiers: (_, value) => value.tiers,
    currency_options: (_, value) => value.currency_options,
  },
  customer: {
    subscriptions: (books, { id }) =>
      listed(books.subscriptions.all("customer", String(id)), `/v1/customers/${id}/subscriptions`),
  },
  invoice: {
    payments: (books, { id }) =>
      listed(books.invoicePayments.all("invoice", String(id)), `/v1/invoice_payments?invoice=${id}`),
    confirmation_secret: (books, { id }) => confirmationSecret(books, String(id)),
  },
  charge: {
    refunds: (books, { id }) => listed(books.refunds.all("charge", String(id)), `/v1/charges/${id}/refunds`),
  },
  "checkout.session": {
    line_items: (books, { id }) =>
      listed(books.sessionOrders.get(String(id))?.items ?? [], `/v1/checkout/sessions/${id}/line_items`),
  },
};

const listed = (data: readonly object[], url: string) => ({
  object: "list",
  data: [...data].reverse(),
  has_more: false,
  url,
});

function confirmationSecret(books: Books, invoice: string): Stripe.Invoice.ConfirmationSecret | null {
  const payment = books.invoicePayments.all("invoice", invoice).findLast(({ status }) => status === "open");
  const intent = books.paymentIntents.get(String(payment?.payment.payment_intent ?? ""));
  return intent?.client_secret ? { client_secret: intent.client_secret, type: "payment_intent" } : null;
}

/** An object as an answer shows it: what is includable only where the tree asks for it, ids replaced where it expands them. */
export function render(books: Books, value: unknown, tree: Tree = {}): unknown {
  if (Array.isArray(value)) return value.map((each) => render(books, each, tree));
  if (typeof value !== "object" || value === null) return value;
  const node = value as Node;
  const extras = includable[String(node.object)];
  const result: Node = {};
  for (const [name, part] of Object.entries(node)) {
    if (extras?.[name] && !tree[name]) continue;
    result[name] = renderPart(books, part, name, tree);
  }
  for (const [name, subtree] of Object.entries(tree)) {
    const include = extras?.[name];
    if (include) result[name] = render(books, include(books, node), subtree);
    else if (!(name in node) && node.object !== "list" && node.deleted !== true)
      throw invalid(`This property cannot be expanded (${name}).`, "expand");
  }
  return result;
}

function renderPart(books: Books, part: unknown, name: string, tree: Tree): unknown {
  const subtree = tree[name];
  if (!subtree) return typeof part === "object" && part !== null ? render(books, part) : part;
  return render(books, expanded(books, part), subtree);
}

function expanded(books: Books, part: unknown): unknown {
  if (Array.isArray(part)) return part.map((each) => expanded(books, each));
  if (typeof part !== "string") return part;
  return tables[part.slice(0, part.indexOf("_"))]?.(books, part) ?? part;
}
