import type Stripe from "stripe";
import { type ListParams, listPage, pageOf } from "../answers/list";
import { searchPage } from "../answers/search";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { readCurrency } from "../money/amounts";
import { declineOf } from "../payments/charge";
import { idOf } from "../state/ids";
import { expirePending } from "../subscriptions/pending-change";
import { nowOf } from "../world";
import { closePayment, collectInvoice, invoicePaid, methodFor, voidInvoice } from "./collect";
import { finalizeInvoice } from "./finalize";
import { pendingLines } from "./invoice-items";
import { keepInvoice, planInvoice } from "./keep";
import { preview } from "./preview";

const url = "/v1/invoices";

export const invoiceHandlers: Handlers<
  | "Invoices.create"
  | "Invoices.retrieve"
  | "Invoices.update"
  | "Invoices.del"
  | "Invoices.list"
  | "Invoices.search"
  | "Invoices.createPreview"
  | "Invoices.listLineItems"
  | "Invoices.finalizeInvoice"
  | "Invoices.pay"
  | "Invoices.sendInvoice"
  | "Invoices.voidInvoice"
  | "Invoices.markUncollectible"
  | "InvoicePayments.retrieve"
  | "InvoicePayments.list"
> = {
  "Invoices.create": handler<Stripe.InvoiceCreateParams>(create),
  "Invoices.retrieve": (call) => invoiceOf(call),
  "Invoices.update": handler<Stripe.InvoiceUpdateParams>((call) => {
    const { world, books, params } = call;
    const invoice = invoiceOf(call);
    if (params.description !== undefined) invoice.description = params.description || null;
    if (params.footer !== undefined) invoice.footer = params.footer || null;
    if (params.default_payment_method !== undefined)
      invoice.default_payment_method = params.default_payment_method || null;
    if (params.auto_advance !== undefined) {
      invoice.auto_advance = params.auto_advance;
      const now = nowOf(world, books, idOf(invoice.test_clock));
      if (invoice.status === "draft")
        invoice.automatically_finalizes_at = params.auto_advance
          ? Math.max(now, invoice.created + world.settings.graceSeconds)
          : null;
    }
    invoice.metadata = mergeMetadata(invoice.metadata ?? {}, params.metadata);
    books.invoices.save(invoice);
    planInvoice(world, books, invoice);
    recordEvent(world, books, "invoice.updated", invoice, { testClock: idOf(invoice.test_clock) });
    return invoice;
  }),
  "Invoices.del": (call) => {
    const invoice = invoiceOf(call);
    requireStatus(invoice, ["draft"], "deleted");
    if (invoice.parent)
      throw invalid(
        "You can only delete one-off draft invoices; void this one instead.",
        undefined,
        "invoice_not_editable",
      );
    for (const item of call.books.invoiceItems.all("invoice", invoice.id)) {
      item.invoice = null;
      call.books.invoiceItems.save(item);
    }
    call.books.invoices.delete(invoice.id);
    recordEvent(call.world, call.books, "invoice.deleted", invoice, { testClock: idOf(invoice.test_clock) });
    return { id: invoice.id, object: "invoice", deleted: true };
  },
  "Invoices.list": handler<Stripe.InvoiceListParams>(({ books, params }) =>
    listPage(books.invoices, params, {
      url,
      by: params.subscription
        ? ["subscription", params.subscription]
        : params.customer
          ? ["customer", params.customer]
          : undefined,
      where: (invoice) =>
        (params.status === undefined || invoice.status === params.status) &&
        (params.customer === undefined || invoice.customer === params.customer) &&
        (params.collection_method === undefined || invoice.collection_method === params.collection_method),
    }),
  ),
  "Invoices.search": handler<Stripe.InvoiceSearchParams>(({ books, params }) =>
    searchPage(books.invoices, params, `${url}/search`),
  ),
  "Invoices.createPreview": handler<Stripe.InvoiceCreatePreviewParams>(preview),
  "Invoices.listLineItems": handler<ListParams>((call) => {
    const invoice = invoiceOf(call);
    return pageOf(invoice.lines.data, call.params, `${url}/${invoice.id}/lines`);
  }),
  "Invoices.finalizeInvoice": handler<Stripe.InvoiceFinalizeInvoiceParams>((call) => {
    const invoice = invoiceOf(call);
    requireStatus(invoice, ["draft"], "finalized");
    if (call.params.auto_advance !== undefined) invoice.auto_advance = call.params.auto_advance;
    finalizeInvoice(call.world, call.books, invoice);
    return invoice;
  }),
  "Invoices.pay": handler<Stripe.InvoicePayParams>(pay),
  "Invoices.sendInvoice": (call) => {
    const invoice = invoiceOf(call);
    if (invoice.status === "draft") finalizeInvoice(call.world, call.books, invoice);
    else recordEvent(call.world, call.books, "invoice.sent", invoice, { testClock: idOf(invoice.test_clock) });
    return invoice;
  },
  "Invoices.voidInvoice": (call) => {
    const invoice = invoiceOf(call);
    requireStatus(invoice, ["open", "uncollectible"], "voided");
    const [pending] = call.books.pendingChanges.all("invoice", invoice.id);
    const waiting = pending && call.books.subscriptions.get(pending.id);
    // The change that waited for its money is given up with it.
    if (waiting) expirePending(call.world, call.books, waiting);
    if (invoice.status !== "void") voidInvoice(call.world, call.books, invoice);
    return invoice;
  },
  "Invoices.markUncollectible": (call) => {
    const { world, books } = call;
    const invoice = invoiceOf(call);
    requireStatus(invoice, ["open"], "marked uncollectible");
    invoice.status = "uncollectible";
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
    invoice.status_transitions.marked_uncollectible_at = nowOf(world, books, idOf(invoice.test_clock));
    books.invoices.save(invoice);
    recordEvent(world, books, "invoice.marked_uncollectible", invoice, { testClock: idOf(invoice.test_clock) });
    return invoice;
  },
  "InvoicePayments.retrieve": ({ books, ids }) => need(books.invoicePayments, ids.id, "invoice_payment"),
  "InvoicePayments.list": handler<Stripe.InvoicePaymentListParams>(({ books, params }) => {
    const intent = params.payment?.payment_intent;
    return listPage(books.invoicePayments, params, {
      url: "/v1/invoice_payments",
      by: params.invoice ? ["invoice", params.invoice] : intent ? ["payment_intent", intent] : undefined,
      where: (payment) => params.status === undefined || payment.status === params.status,
    });
  }),
};

const invoiceOf = ({ books, ids }: Pick<Call, "books" | "ids">): Stripe.Invoice =>
  need(books.invoices, ids.id, "invoice");

function requireStatus(invoice: Stripe.Invoice, allowed: string[], verb: string): void {
  if (allowed.includes(invoice.status ?? "")) return;
  const code = verb === "finalized" ? "invoice_not_editable" : undefined;
  throw invalid(`This invoice cannot be ${verb}: its status is ${invoice.status}.`, undefined, code);
}

function create({ world, books, params }: Call<Stripe.InvoiceCreateParams>): object {
  if (!params.customer) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = need(books.customers, params.customer, "customer", "customer");
  const subscription = params.subscription
    ? need(books.subscriptions, params.subscription, "subscription", "subscription")
    : null;
  const lines =
    params.pending_invoice_items_behavior === "include" || subscription
      ? pendingLines(books, customer.id, subscription?.id ?? null)
      : [];
  if (subscription && lines.length === 0)
    throw invalid("Nothing to invoice for subscription", undefined, "invoice_no_subscription_line_items");
  const now = nowOf(world, books, idOf(customer.test_clock));
  const autoAdvance = params.auto_advance ?? false;
  const currency = params.currency
    ? readCurrency(params.currency)
    : (subscription?.currency ?? lines[0]?.price?.currency ?? customer.currency ?? "usd");
  if (
    params.collection_method === "send_invoice" &&
    params.days_until_due === undefined &&
    params.due_date === undefined
  )
    throw invalid(
      "If `collection_method=send_invoice`, you must pass `days_until_due` or `due_date`.",
      "days_until_due",
      "parameter_missing",
    );
  const invoice = keepInvoice(world, books, {
    customer,
    currency,
    subscription,
    reason: "manual",
    lines,
    period: { start: now, end: now },
    autoAdvance,
    finalizesAt: autoAdvance ? now + world.settings.graceSeconds : undefined,
    description: params.description ?? null,
    footer: params.footer ?? null,
    metadata: mergeMetadata({}, params.metadata),
    defaultPaymentMethod: params.default_payment_method ?? null,
    ...(params.collection_method ? { collection: params.collection_method } : {}),
    ...(params.days_until_due === undefined ? {} : { daysUntilDue: params.days_until_due }),
  });
  return invoice;
}

function pay(call: Call<Stripe.InvoicePayParams>): object {
  const { world, books, params } = call;
  const invoice = invoiceOf(call);
  if (invoice.status === "paid") throw invalid("Invoice is already paid", undefined, "invoice_already_paid");
  if (invoice.status === "draft") finalizeInvoice(world, books, invoice, false);
  if ((invoice.status as string) === "paid") return invoice;
  requireStatus(invoice, ["open", "uncollectible"], "paid");
  if (params.paid_out_of_band) {
    closePayment(world, books, invoice);
    invoicePaid(world, books, invoice, invoice.amount_due, true);
    return invoice;
  }
  const method = params.payment_method ?? methodFor(books, invoice);
  if (!method)
    throw invalid(
      "There is no `default_payment_method` set on this Customer or Invoice. Please attach one before paying.",
      undefined,
      "invoice_payment_intent_requires_action",
    );
  const intent = collectInvoice(world, books, invoice, { offSession: params.off_session ?? true, method });
  if (intent && intent.status !== "succeeded") throw declineOf(intent);
  return invoice;
}
