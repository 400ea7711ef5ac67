import Stripe from "stripe";
import type { InvoiceRecord, RecordsPort, SubscriptionRecord } from "@/lib/billing/ports";
import { type StripeConfig, stripeClient } from "./client";
import { chargeRecord } from "./records/charge-record";
import { creditNoteRecord } from "./records/credit-note-record";
import { invoiceRecord, kindOf } from "./records/invoice-record";
import { isOurs, isOwing, owedOf, subscriptionRecord, whichCounts } from "./records/subscription-record";
import { instantOf, refOf } from "./records/told";

/** Nobody has more of anything of one customer's or of one invoice. */
const ALL = { limit: 10_000 };
const PAGE = { limit: 100 };

/** Card networks let nobody dispute a payment that is older; who refunds one tells us by an event. */
const RETURNABLE_SECONDS = 540 * 86_400;
const hasGoneBack = ({ amount_refunded, disputed, refunds }: Stripe.Charge): boolean =>
  amount_refunded > 0 || disputed || (refunds?.data.length ?? 0) > 0;

type Span = { from: Date; to: Date };
const seconds = (instant: Date) => Math.floor(instant.getTime() / 1000);

/** What Stripe has of an organisation's subscription, invoices and payments, read anew each time. */
export function stripeRecords(config: StripeConfig): RecordsPort {
  const { ask: reach } = stripeClient(config);
  /** What is not there is undefined. */
  const ask = <T>(request: (stripe: Stripe) => Promise<T>): Promise<T | undefined> =>
    reach(async (stripe) => {
      try {
        return await request(stripe);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing")
          return undefined;
        throw error;
      }
    });

  const listSubscriptions = async (customer: string): Promise<Stripe.Subscription[]> =>
    (await ask((stripe) => stripe.subscriptions.list({ customer, status: "all", ...PAGE }).autoPagingToArray(ALL))) ??
    [];

  async function owedSince(subscription: Stripe.Subscription): Promise<Date | null> {
    if (!isOwing(subscription)) return null;
    const all =
      (await ask((stripe) =>
        stripe.invoices.list({ subscription: subscription.id, ...PAGE }).autoPagingToArray(ALL),
      )) ?? [];
    const issued = owedOf(all).map((invoice) => invoice.status_transitions.finalized_at ?? invoice.created);
    return issued.length > 0 ? instantOf(Math.min(...issued)) : null;
  }

  const showSubscription = async (
    subscription: Stripe.Subscription | undefined,
    all: readonly Stripe.Subscription[],
  ): Promise<SubscriptionRecord | undefined> =>
    subscription && subscriptionRecord(subscription, all, await owedSince(subscription));

  /** An invoice brings ten lines and payments with it; its lines' prices are asked for to know what each is for. */
  async function showInvoice(invoice: Stripe.Invoice): Promise<InvoiceRecord | undefined> {
    const lines = await ask((stripe) =>
      stripe.invoices
        .listLineItems(invoice.id, { ...PAGE, expand: ["data.pricing.price_details.price"] })
        .autoPagingToArray(ALL),
    );
    const payments = invoice.payments?.has_more
      ? await ask((stripe) => stripe.invoicePayments.list({ invoice: invoice.id, ...PAGE }).autoPagingToArray(ALL))
      : invoice.payments?.data;
    return lines && invoiceRecord(invoice, lines, payments ?? []);
  }

  async function showCharge(charge: Stripe.Charge) {
    const intent = refOf(charge.payment_intent);
    const payments =
      intent === null
        ? undefined
        : await ask((stripe) =>
            stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: intent }, limit: 1 }),
          );
    const refunds = charge.refunds?.has_more
      ? await ask((stripe) => stripe.refunds.list({ charge: charge.id, ...PAGE }).autoPagingToArray(ALL))
      : charge.refunds?.data;
    const disputes = charge.disputed
      ? await ask((stripe) => stripe.disputes.list({ charge: charge.id, ...PAGE }).autoPagingToArray(ALL))
      : [];
    const invoiceRef = refOf(payments?.data[0]?.invoice);
    return chargeRecord(charge, { invoiceRef, refunds: refunds ?? [], disputes: disputes ?? [] });
  }

  async function showCreditNote(note: Stripe.CreditNote) {
    const lines = await ask((stripe) => stripe.creditNotes.listLineItems(note.id, PAGE).autoPagingToArray(ALL));
    const invoice = refOf(note.invoice);
    const invoiced =
      invoice !== null && lines?.some((line) => line.invoice_line_item)
        ? await ask((stripe) =>
            stripe.invoices
              .listLineItems(invoice, { ...PAGE, expand: ["data.pricing.price_details.price"] })
              .autoPagingToArray(ALL),
          )
        : [];
    return creditNoteRecord(note, lines ?? [], new Map((invoiced ?? []).map((line) => [line.id, kindOf(line)])));
  }

  return {
    async readCheckout(ref) {
      const session = await ask((stripe) => stripe.checkout.sessions.retrieve(ref));
      return session && { ref, customerRef: refOf(session.customer) };
    },

    async readSubscription(ref) {
      const subscription = await ask((stripe) => stripe.subscriptions.retrieve(ref));
      const customer = refOf(subscription?.customer);
      return showSubscription(subscription, customer === null ? [] : await listSubscriptions(customer));
    },

    async readSubscriptionOf(customerRef) {
      const all = await listSubscriptions(customerRef);
      return showSubscription(whichCounts(all.filter(isOurs)), all);
    },

    async readInvoice(ref) {
      const invoice = await ask((stripe) => stripe.invoices.retrieve(ref, { expand: ["payments"] }));
      return invoice && showInvoice(invoice);
    },

    async readCharge(ref) {
      const charge = await ask((stripe) => stripe.charges.retrieve(ref, { expand: ["refunds"] }));
      return charge && showCharge(charge);
    },

    async readCreditNote(ref) {
      const note = await ask((stripe) => stripe.creditNotes.retrieve(ref));
      return note && showCreditNote(note);
    },

    async listCreditNotes(customer, { from, to }: Span) {
      const notes =
        (await ask((stripe) =>
          stripe.creditNotes
            .list({ customer, created: { gte: seconds(from), lt: seconds(to) }, ...PAGE })
            .autoPagingToArray(ALL),
        )) ?? [];
      return Promise.all(notes.map(showCreditNote));
    },

    async findChargeOf(what) {
      const found = await ask<{ charge: string | Stripe.Charge | null }>((stripe) =>
        "refundRef" in what ? stripe.refunds.retrieve(what.refundRef) : stripe.disputes.retrieve(what.disputeRef),
      );
      return refOf(found?.charge) ?? undefined;
    },

    /** An invoice is made when its period has ended, or later. */
    async listInvoices(customer, { from, to }: Span) {
      const invoices =
        (await ask((stripe) =>
          stripe.invoices
            .list({ customer, created: { gte: seconds(from) }, ...PAGE, expand: ["data.payments"] })
            .autoPagingToArray(ALL),
        )) ?? [];
      const within = invoices.filter(({ period_end }) => period_end >= seconds(from) && period_end < seconds(to));
      return (await Promise.all(within.map(showInvoice))).filter((invoice) => invoice !== undefined);
    },

    async listCharges(customer, { from, to }: Span) {
      const charges =
        (await ask((stripe) =>
          stripe.charges
            .list({
              customer,
              created: { gte: seconds(from) - RETURNABLE_SECONDS, lt: seconds(to) },
              ...PAGE,
              expand: ["data.refunds"],
            })
            .autoPagingToArray(ALL),
        )) ?? [];
      const wanted = charges.filter((charge) => charge.created >= seconds(from) || hasGoneBack(charge));
      return (await Promise.all(wanted.map(showCharge))).filter((charge) => charge !== undefined);
    },

    async findInvoicePages(ref) {
      const invoice = await ask((stripe) => stripe.invoices.retrieve(ref));
      return invoice && { pageUrl: invoice.hosted_invoice_url ?? null, pdfUrl: invoice.invoice_pdf ?? null };
    },
  };
}
