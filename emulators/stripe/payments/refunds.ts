import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { searchPage } from "../answers/search";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { clockOf, movement } from "./charge";

export const refundHandlers: Handlers<
  | "Charges.retrieve"
  | "Charges.list"
  | "Charges.search"
  | "Refunds.create"
  | "Refunds.retrieve"
  | "Refunds.update"
  | "Refunds.list"
  | "Refunds.cancel"
  | "Disputes.retrieve"
  | "Disputes.update"
  | "Disputes.list"
  | "Disputes.close"
> = {
  "Charges.retrieve": ({ books, ids }) => need(books.charges, ids.id, "charge"),
  "Charges.list": handler<Stripe.ChargeListParams>(({ books, params }) =>
    listPage(books.charges, params, {
      url: "/v1/charges",
      by: params.payment_intent
        ? ["payment_intent", params.payment_intent]
        : params.customer
          ? ["customer", params.customer]
          : undefined,
      where: (charge) => params.customer === undefined || charge.customer === params.customer,
    }),
  ),
  "Charges.search": handler<Stripe.ChargeSearchParams>(({ books, params }) =>
    searchPage(books.charges, params, "/v1/charges/search"),
  ),
  "Refunds.create": handler<Stripe.RefundCreateParams>(create),
  "Refunds.retrieve": ({ books, ids }) => need(books.refunds, ids.id, "refund"),
  "Refunds.update": handler<Stripe.RefundUpdateParams>(({ world, books, params, ids }) => {
    const refund = need(books.refunds, ids.id, "refund");
    refund.metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
    recordEvent(world, books, "refund.updated", refund);
    return books.refunds.save(refund);
  }),
  "Refunds.list": handler<Stripe.RefundListParams>(({ books, params }) =>
    listPage(books.refunds, params, {
      url: "/v1/refunds",
      by: params.charge
        ? ["charge", params.charge]
        : params.payment_intent
          ? ["payment_intent", params.payment_intent]
          : undefined,
    }),
  ),
  "Refunds.cancel": ({ books, ids }) => {
    const { status } = need(books.refunds, ids.id, "refund");
    throw invalid(`Refunds in status ${status} cannot be canceled.`);
  },
  "Disputes.retrieve": ({ books, ids }) => need(books.disputes, ids.id, "dispute"),
  "Disputes.update": handler<Stripe.DisputeUpdateParams>(({ world, books, params, ids }) => {
    const dispute = need(books.disputes, ids.id, "dispute");
    if (params.evidence) {
      Object.assign(dispute.evidence, params.evidence);
      dispute.evidence_details.has_evidence = true;
    }
    if (params.submit) {
      dispute.status = "under_review";
      dispute.evidence_details.submission_count += 1;
    }
    dispute.metadata = mergeMetadata(dispute.metadata, params.metadata);
    books.disputes.save(dispute);
    recordEvent(world, books, "charge.dispute.updated", dispute);
    return dispute;
  }),
  "Disputes.list": handler<Stripe.DisputeListParams>(({ books, params }) =>
    listPage(books.disputes, params, {
      url: "/v1/disputes",
      by: params.charge
        ? ["charge", params.charge]
        : params.payment_intent
          ? ["payment_intent", params.payment_intent]
          : undefined,
    }),
  ),
  "Disputes.close": ({ world, books, ids }: Call) =>
    closeDispute(world, books, need(books.disputes, ids.id, "dispute"), "lost"),
};

export function closeDispute(
  world: World,
  books: Books,
  dispute: Stripe.Dispute,
  status: "won" | "lost",
): Stripe.Dispute {
  if (dispute.status === "won" || dispute.status === "lost")
    throw invalid("This dispute is already closed.", undefined, "dispute_already_closed");
  const charge = books.charges.get(idOf(dispute.charge));
  const testClock = charge ? clockOf(books, charge) : undefined;
  dispute.status = status;
  if (status === "won") dispute.balance_transactions.push(movement(dispute, 1, nowOf(world, books, testClock)));
  books.disputes.save(dispute);
  if (status === "won") recordEvent(world, books, "charge.dispute.funds_reinstated", dispute, { testClock });
  recordEvent(world, books, "charge.dispute.closed", dispute, { testClock });
  return dispute;
}

function create({ world, books, params }: Call<Stripe.RefundCreateParams>): object {
  if ((params.charge === undefined) === (params.payment_intent === undefined))
    throw invalid(
      "One of the following params should be provided: payment_intent or charge.",
      "payment_intent",
      "parameter_missing",
    );
  if (params.currency !== undefined)
    throw invalid("`currency` is for refunds out of a customer's cash balance.", "currency", "not_played");
  const intent = params.payment_intent
    ? need(books.paymentIntents, params.payment_intent, "payment_intent", "payment_intent")
    : undefined;
  if (intent && !intent.latest_charge)
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      "payment_intent",
      "payment_intent_unexpected_state",
    );
  const charge = need(books.charges, params.charge ?? idOf(intent?.latest_charge), "charge", "charge");
  return refundCharge(world, books, charge, {
    amount: params.amount,
    reason: params.reason ?? null,
    metadata: mergeMetadata({}, params.metadata),
  });
}

interface RefundOrder {
  amount?: number | undefined;
  reason: Stripe.Refund.Reason | null;
  metadata: Record<string, string>;
}

export function refundCharge(world: World, books: Books, charge: Stripe.Charge, order: RefundOrder): Stripe.Refund {
  if (charge.status !== "succeeded" || !charge.captured)
    throw invalid(`Charge ${charge.id} was not captured and cannot be refunded.`, "charge", "charge_not_refundable");
  const left = charge.amount - charge.amount_refunded;
  if (left <= 0) throw invalid(`Charge ${charge.id} has already been refunded.`, "charge", "charge_already_refunded");
  if (charge.disputed)
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge", "charge_disputed");
  const amount = order.amount ?? left;
  if (amount < 1) throw invalid("Invalid positive integer", "amount", "parameter_invalid_integer");
  if (amount > left)
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      "amount",
      "amount_too_large",
    );
  const testClock = clockOf(books, charge);
  const fails = books.cards.get(charge.payment_method ?? "")?.behaviour.refundFails ?? false;
  const refund: Stripe.Refund = {
    id: newId("re"),
    object: "refund",
    amount,
    balance_transaction: newId("txn"),
    charge: charge.id,
    created: nowOf(world, books, testClock),
    currency: charge.currency,
    customer: idOf(charge.customer) ?? null,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: order.metadata,
    payment_intent: idOf(charge.payment_intent) ?? null,
    payment_method: charge.payment_method,
    reason: order.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  books.charges.save(charge);
  books.refunds.save(refund);
  recordEvent(world, books, "refund.created", refund, { testClock });
  recordEvent(world, books, "charge.refunded", charge, { testClock });
  if (fails) {
    refund.status = "failed";
    refund.failure_reason = "expired_or_canceled_card";
    charge.amount_refunded -= amount;
    charge.refunded = false;
    books.charges.save(charge);
    books.refunds.save(refund);
    recordEvent(world, books, "refund.failed", refund, { testClock });
  }
  return refund;
}
