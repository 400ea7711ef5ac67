import type Stripe from "stripe";
import type { HttpReply, Route } from "../../http/router";
import { StripeError } from "../errors";
import { collectInvoice, intentOf } from "../invoices/collect";
import { showMoney } from "../money/amounts";
import { attemptIntent } from "../payments/charge";
import { afterSuccess } from "../payments/intents";
import { attachTo, createMethod, readCard } from "../payments/payment-methods";
import { confirmSetup } from "../payments/setup-intents";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf, type World } from "../world";
import { bankPage } from "./checkout-page";
import { findAnywhere, pageRoute } from "./find";
import { alert, cardFields, cardFrom, html, page, redirect, showDay } from "./html";
import { textPdf } from "./pdf";

/** Invoices as a customer sees them: a page on which an open one is paid, a PDF, and the bank's question. */
export function invoicePages(world: World): Route[] {
  return [
    pageRoute(world, "GET", "/i/:id", ({ params }) => {
      const { books, value } = findAnywhere(world, "invoices", params.id);
      return invoicePage(world, books, value, undefined);
    }),
    pageRoute(world, "POST", "/i/:id", ({ params }, form) => {
      const { books, value } = findAnywhere(world, "invoices", params.id);
      return payHere(world, books, value, form);
    }),
    pageRoute(world, "GET", "/i/:id/pdf", ({ params }) => {
      const { books, value } = findAnywhere(world, "invoices", params.id);
      return pdf(`Invoice-${value.number ?? value.id}`, invoiceText(world, books, value));
    }),
    pageRoute(world, "GET", "/credit_notes/:id/pdf", ({ params }) => {
      const { value } = findAnywhere(world, "creditNotes", params.id);
      const rows = value.lines.data.map(
        (line) => `${line.description ?? ""}   ${showMoney(line.amount, value.currency)}`,
      );
      const text = [
        world.settings.businessName,
        "",
        `Credit note ${value.number}`,
        showDay(value.created),
        "",
        ...rows,
      ];
      return pdf(`Credit-note-${value.number}`, [
        ...text,
        "",
        `Total credited ${showMoney(value.total, value.currency)}`,
      ]);
    }),
    pageRoute(world, "GET", "/receipts/:id", ({ params }) => {
      const { value } = findAnywhere(world, "charges", params.id);
      return page(
        "Receipt",
        html`<h1>Receipt</h1><p>${showMoney(value.amount, value.currency)} ${value.status}, ${showDay(value.created)}</p>`,
      );
    }),
    pageRoute(world, "GET", "/authenticate/:id", ({ params }) => bankPage(`/authenticate/${params.id}`)),
    pageRoute(world, "POST", "/authenticate/:id", ({ params }, form) =>
      authenticate(world, params.id ?? "", form.get("answer") === "pass"),
    ),
  ];
}

const pdf = (name: string, lines: string[]): HttpReply => ({
  status: 200,
  headers: {
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="${name.replace(/[^\w-]/g, "")}.pdf"`,
  },
  body: textPdf(lines),
});

function invoiceText(world: World, books: Books, invoice: Stripe.Invoice): string[] {
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  const money = (amount: number) => showMoney(amount, invoice.currency);
  return [
    world.settings.businessName,
    "",
    `Invoice ${invoice.number ?? "(draft)"}`,
    `Date ${showDay(invoice.effective_at ?? invoice.created)}`,
    `Bill to ${[customer?.name, customer?.email].filter(Boolean).join(", ")}`,
    "",
    ...invoice.lines.data.flatMap((line) => [
      `${line.description ?? ""}`,
      `    ${showDay(line.period.start)} - ${showDay(line.period.end)}    ${money(line.amount)}`,
    ]),
    "",
    `Total ${money(invoice.total)}`,
    ...(invoice.amount_due === invoice.total ? [] : [`Due after balance ${money(invoice.amount_due)}`]),
    `Status ${invoice.status}`,
  ];
}

function invoicePage(
  world: World,
  books: Books,
  invoice: Stripe.Invoice,
  error: string | undefined,
  status = 200,
): HttpReply {
  const money = (amount: number) => showMoney(amount, invoice.currency);
  const intent = intentOf(books, invoice);
  const rows = invoice.lines.data.map(
    (line) =>
      html`<tr><td>${line.description}<br><span class="soft">${showDay(line.period.start)} – ${showDay(line.period.end)}</span></td><td>${money(line.amount)}</td></tr>`,
  );
  const asks =
    intent?.status === "requires_action"
      ? html`<p><a class="button" href="/authenticate/${intent.id}">Confirm with your bank</a></p>`
      : "";
  const pay =
    invoice.status === "open"
      ? html`<h2>Pay ${money(invoice.amount_remaining)}</h2>${asks}<form method="post">${cardFields()}<button>Pay</button></form>`
      : "";
  return page(
    `Invoice ${invoice.number ?? ""}`,
    html`<p class="soft">${world.settings.businessName}</p><h1>Invoice ${invoice.number ?? "(draft)"}</h1>
<p>Status: <strong>${invoice.status}</strong> · ${showDay(invoice.effective_at ?? invoice.created)} · <a href="/i/${invoice.id}/pdf">PDF</a></p>
<table><thead><tr><th>Description</th><th>Amount</th></tr></thead><tbody>${rows}</tbody><tfoot><tr><th>Total</th><th>${money(invoice.total)}</th></tr><tr><th>Amount due</th><th>${money(invoice.amount_remaining)}</th></tr></tfoot></table>
${alert(error)}${pay}`,
    status,
  );
}

function payHere(world: World, books: Books, invoice: Stripe.Invoice, form: URLSearchParams): HttpReply {
  if (invoice.status !== "open") return redirect(`/i/${invoice.id}`);
  try {
    const card = cardFrom(form);
    if (!card) throw new StripeError(402, "Your card number is incomplete.");
    const method = createMethod(world, books, {}, readCard(card, "card", nowOf(world, books, null)));
    const customer = books.customers.get(idOf(invoice.customer) ?? "");
    if (customer) attachTo(world, books, method.id, customer.id, "payment_method");
    const intent = collectInvoice(world, books, invoice, { offSession: false, method: method.id });
    if (intent?.status === "requires_action") return redirect(`/authenticate/${intent.id}`);
    if (intent?.status !== "succeeded")
      throw new StripeError(402, intent?.last_payment_error?.message ?? "Your card was declined.");
    return redirect(`/i/${invoice.id}`);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return invoicePage(world, books, invoice, error.message, 402);
  }
}

/** The bank's answer: a payment of an invoice, a payment of its own, or a card to keep. */
function authenticate(world: World, id: string, isPassed: boolean): HttpReply {
  const done = (message: string) => page("Your bank", html`<h1>${message}</h1><p>You may close this page.</p>`);
  if (id.startsWith("seti_")) {
    const { books, value } = findAnywhere(world, "setupIntents", id);
    if (value.status !== "requires_action") return done("This question was answered already.");
    if (isPassed) confirmSetup(world, books, value, true);
    return done(isPassed ? "Your card was saved." : "Your card was not saved.");
  }
  const { books, value } = findAnywhere(world, "paymentIntents", id);
  if (value.status !== "requires_action") return done("This question was answered already.");
  const payment = books.invoicePayments.all("payment_intent", id)[0];
  const invoice = books.invoices.get(idOf(payment?.invoice) ?? "");
  if (!isPassed) return done("The payment was not confirmed.");
  if (invoice) {
    const method = idOf(value.payment_method);
    collectInvoice(world, books, invoice, { offSession: false, isAuthenticated: true, ...(method ? { method } : {}) });
    return redirect(`/i/${invoice.id}`);
  }
  attemptIntent(world, books, value, { offSession: false, isAuthenticated: true });
  afterSuccess(world, books, value);
  return done(
    value.status === "succeeded" || value.status === "requires_capture"
      ? "Payment confirmed."
      : "Your card was declined.",
  );
}
