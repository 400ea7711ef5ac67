import type Stripe from "stripe";
import { type ListParams, listPage, pageOf } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { changeBalance } from "../customers/balance";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { decimal, decimalText, priced, wire } from "../money/amounts";
import { refundCharge } from "../payments/refunds";
import { idOf, newId } from "../state/ids";
import { nowOf } from "../world";
import { closePayment, intentOf, invoicePaid } from "./collect";

const url = "/v1/credit_notes";
type Params = Stripe.CreditNoteCreateParams;

export const creditNoteHandlers: Handlers<
  | "CreditNotes.create"
  | "CreditNotes.preview"
  | "CreditNotes.retrieve"
  | "CreditNotes.update"
  | "CreditNotes.list"
  | "CreditNotes.listLineItems"
  | "CreditNotes.voidCreditNote"
> = {
  "CreditNotes.create": handler<Params>(create),
  "CreditNotes.preview": handler<Params>((call) => noteOf(call).note),
  "CreditNotes.retrieve": ({ books, ids }) => need(books.creditNotes, ids.id, "credit_note"),
  "CreditNotes.update": handler<Stripe.CreditNoteUpdateParams>(({ world, books, params, ids }) => {
    const note = need(books.creditNotes, ids.id, "credit_note");
    if (params.memo !== undefined) note.memo = params.memo;
    note.metadata = mergeMetadata(note.metadata ?? {}, params.metadata);
    books.creditNotes.save(note);
    recordEvent(world, books, "credit_note.updated", note);
    return note;
  }),
  "CreditNotes.list": handler<Stripe.CreditNoteListParams>(({ books, params }) =>
    listPage(books.creditNotes, params, {
      url,
      by: params.invoice ? ["invoice", params.invoice] : params.customer ? ["customer", params.customer] : undefined,
    }),
  ),
  "CreditNotes.listLineItems": handler<ListParams>(({ books, params, ids }) => {
    const note = need(books.creditNotes, ids.id, "credit_note");
    return pageOf(note.lines.data, params, `${url}/${note.id}/lines`);
  }),
  "CreditNotes.voidCreditNote": ({ world, books, ids }: Call) => {
    const note = need(books.creditNotes, ids.id, "credit_note");
    if (note.status === "void") throw invalid("This credit note is already void.");
    if (note.type !== "pre_payment") throw invalid("You can only void a credit note of an open invoice.");
    const invoice = need(books.invoices, idOf(note.invoice), "invoice");
    if (invoice.status !== "open") throw invalid("You can only void a credit note of an open invoice.");
    note.status = "void";
    note.voided_at = nowOf(world, books, idOf(invoice.test_clock));
    invoice.pre_payment_credit_notes_amount -= note.amount;
    invoice.amount_due += note.amount;
    invoice.amount_remaining += note.amount;
    const intent = intentOf(books, invoice);
    if (intent) {
      intent.amount = invoice.amount_remaining;
      books.paymentIntents.save(intent);
    }
    books.invoices.save(invoice);
    books.creditNotes.save(note);
    recordEvent(world, books, "credit_note.voided", note, { testClock: idOf(invoice.test_clock) });
    return note;
  },
};

/** A note as it would be, and what it would do; nothing is kept. */
function noteOf({ world, books, params }: Call<Params>): {
  note: Stripe.CreditNote;
  invoice: Stripe.Invoice;
  toBalance: number;
  toRefund: number;
} {
  const invoice = need(books.invoices, params.invoice, "invoice", "invoice");
  if (invoice.status !== "open" && invoice.status !== "paid")
    throw invalid(
      `Credit notes can only be issued for open or paid invoices; this one is ${invoice.status}.`,
      "invoice",
    );
  if (params.lines?.length && params.amount !== undefined)
    throw invalid("You may only specify one of these parameters: amount, lines.", "amount");
  const lines = params.lines?.length
    ? params.lines.map((line, index) => noteLine(invoice, line, index))
    : wholeLine(invoice, params.amount);
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  if (amount < 1) throw invalid("The credit note must be for a positive amount.", "amount");
  const credited = invoice.post_payment_credit_notes_amount + invoice.pre_payment_credit_notes_amount;
  if (amount + credited > invoice.total)
    throw invalid(
      `The credit note amount (${amount}) is greater than what is left of the invoice (${invoice.total - credited}).`,
      "amount",
    );
  const isPre = invoice.status === "open";
  const toRefund = params.refund_amount ?? 0;
  const toOutside = params.out_of_band_amount ?? 0;
  const toBalance = isPre ? 0 : (params.credit_amount ?? 0);
  if (!isPre && toRefund + toOutside + toBalance !== amount)
    throw invalid(
      "The sum of credit_amount, refund_amount and out_of_band_amount must equal the credit note amount.",
      "amount",
    );
  if (isPre && (toRefund || toOutside || params.credit_amount))
    throw invalid("The invoice is not paid: nothing can be refunded or credited.", "refund_amount");
  const id = newId("cn");
  const notes = books.creditNotes.all("invoice", invoice.id).length;
  const note: Stripe.CreditNote = {
    id,
    object: "credit_note",
    amount,
    amount_shipping: 0,
    created: nowOf(world, books, idOf(invoice.test_clock)),
    currency: invoice.currency,
    customer: idOf(invoice.customer) ?? "",
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: params.effective_at ?? null,
    invoice: invoice.id,
    lines: { object: "list", data: lines, has_more: false, url: `${url}/${id}/lines` },
    livemode: false,
    memo: params.memo ?? null,
    metadata: mergeMetadata({}, params.metadata),
    number: `${invoice.number}-CN-${String(notes + 1).padStart(2, "0")}`,
    out_of_band_amount: toOutside || null,
    pdf: `${world.origin()}/credit_notes/${id}/pdf`,
    post_payment_amount: isPre ? 0 : amount,
    pre_payment_amount: isPre ? amount : 0,
    pretax_credit_amounts: [],
    reason: params.reason ?? null,
    refunds: [],
    shipping_cost: null,
    status: "issued",
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: [],
    type: isPre ? "pre_payment" : "post_payment",
    voided_at: null,
  };
  return { note, invoice, toBalance, toRefund };
}

function create(call: Call<Params>): object {
  const { world, books } = call;
  const { note, invoice, toBalance, toRefund } = noteOf(call);
  const testClock = idOf(invoice.test_clock);
  if (toRefund > 0) {
    const paid = books.invoicePayments.all("invoice", invoice.id).findLast(({ status }) => status === "paid");
    const intent = books.paymentIntents.get(idOf(paid?.payment.payment_intent) ?? "");
    const charge = books.charges.get(idOf(intent?.latest_charge) ?? "");
    if (!charge) throw invalid("The invoice has no payment to refund.", "refund_amount");
    const refund = refundCharge(world, books, charge, { amount: toRefund, reason: null, metadata: {} });
    note.refunds = [{ amount_refunded: toRefund, refund: refund.id }] as Stripe.CreditNote.Refund[];
  }
  const customer = books.customers.get(idOf(invoice.customer) ?? "");
  if (toBalance > 0 && customer)
    note.customer_balance_transaction = changeBalance(world, books, customer, {
      amount: -toBalance,
      currency: invoice.currency,
      type: "credit_note",
      description: null,
      metadata: {},
      creditNote: note.id,
    }).id;
  invoice.post_payment_credit_notes_amount += note.post_payment_amount;
  invoice.pre_payment_credit_notes_amount += note.pre_payment_amount;
  books.creditNotes.save(note);
  if (note.pre_payment_amount > 0) lessenDue(call, invoice, note.pre_payment_amount);
  books.invoices.save(invoice);
  recordEvent(world, books, "credit_note.created", note, { testClock });
  return note;
}

function lessenDue({ world, books }: Call<Params>, invoice: Stripe.Invoice, amount: number): void {
  invoice.amount_due -= amount;
  invoice.amount_remaining -= amount;
  const intent = intentOf(books, invoice);
  if (invoice.amount_remaining <= 0) {
    closePayment(world, books, invoice);
    invoicePaid(world, books, invoice, 0);
  } else if (intent) {
    intent.amount = invoice.amount_remaining;
    books.paymentIntents.save(intent);
  }
}

function noteLine(
  invoice: Stripe.Invoice,
  line: NonNullable<Params["lines"]>[number],
  index: number,
): Stripe.CreditNoteLineItem {
  const param = `lines[${index}]`;
  const of =
    line.type === "invoice_line_item" ? invoice.lines.data.find(({ id }) => id === line.invoice_line_item) : undefined;
  if (line.type === "invoice_line_item" && !of)
    throw invalid(
      `No such invoice line item: '${line.invoice_line_item}'`,
      `${param}[invoice_line_item]`,
      "resource_missing",
    );
  const quantity = line.quantity ?? 1;
  const unit =
    decimalText(line.unit_amount_decimal) ?? (line.unit_amount === undefined ? undefined : String(line.unit_amount));
  const perLine = of?.quantity
    ? priced(BigInt(quantity), decimalText(of.pricing?.unit_amount_decimal) ?? "0")
    : undefined;
  const amount =
    line.amount ??
    (unit !== undefined
      ? wire(priced(BigInt(quantity), unit))
      : perLine !== undefined && line.quantity
        ? wire(perLine)
        : (of?.amount ?? 0));
  if (of && amount > of.amount) throw invalid("The amount credited is more than the line's.", `${param}[amount]`);
  return lineObject(amount, line.description ?? of?.description ?? null, of?.id, quantity, unit);
}

function wholeLine(invoice: Stripe.Invoice, amount: number | undefined): Stripe.CreditNoteLineItem[] {
  if (amount === undefined) throw invalid("You must specify `amount` or `lines`.", "amount", "parameter_missing");
  return [lineObject(amount, `Credit for ${invoice.number ?? invoice.id}`, undefined, 1, String(amount))];
}

function lineObject(
  amount: number,
  description: string | null,
  line: string | undefined,
  quantity: number,
  unit: string | undefined,
): Stripe.CreditNoteLineItem {
  return {
    id: newId("cnli"),
    object: "credit_note_line_item",
    amount,
    description,
    discount_amount: 0,
    discount_amounts: [],
    ...(line ? { invoice_line_item: line } : {}),
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity,
    tax_rates: [],
    taxes: [],
    type: line ? "invoice_line_item" : "custom_line_item",
    unit_amount: unit === undefined ? null : Number.isSafeInteger(Number(unit)) ? Number(unit) : null,
    unit_amount_decimal: unit === undefined ? null : decimal(unit),
  } as Stripe.CreditNoteLineItem;
}
