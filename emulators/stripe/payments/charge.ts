import type Stripe from "stripe";
import { StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { declineMessage } from "./cards";

const day = 86_400;

export interface Attempt {
  /** Nobody is there to pass an authentication. */
  offSession: boolean;
  /** Somebody has just passed one. */
  isAuthenticated?: boolean;
  /** An invoice's payment that needs authentication stays open for it. */
  mayWait?: boolean;
}

export const clockOf = (books: Books, value: { customer: string | { id: string } | null }): string | undefined =>
  idOf(books.customers.get(idOf(value.customer) ?? "")?.test_clock);

/** Charges an intent's method once and says what came of it in the intent; events follow. */
export function attemptIntent(world: World, books: Books, intent: Stripe.PaymentIntent, attempt: Attempt): void {
  const testClock = clockOf(books, intent);
  const card = books.cards.get(idOf(intent.payment_method) ?? "");
  const behaviour = card?.behaviour;
  const needsAuthentication =
    !attempt.isAuthenticated &&
    (behaviour?.authentication === "always" || (behaviour?.authentication === "unless-set-up" && !card?.isSetUp));
  if (!card || !behaviour) {
    intent.status = "requires_payment_method";
    books.paymentIntents.save(intent);
    return;
  }
  if (needsAuthentication && (!attempt.offSession || attempt.mayWait)) {
    intent.status = "requires_action";
    const url = `${world.origin()}/authenticate/${intent.id}`;
    intent.next_action = { type: "redirect_to_url", redirect_to_url: { return_url: null, url } };
    books.paymentIntents.save(intent);
    recordEvent(world, books, "payment_intent.requires_action", intent, { testClock });
    return;
  }
  const decline = needsAuthentication
    ? { code: "authentication_required", declineCode: "authentication_required" }
    : behaviour.chargeDecline;
  intent.next_action = null;
  if (decline) {
    fail(world, books, intent, decline.code, decline.declineCode, testClock);
    return;
  }
  if (intent.setup_future_usage || attempt.isAuthenticated) {
    card.isSetUp = true;
    books.cards.save(card);
  }
  const charge = makeCharge(world, books, intent, { isPaid: true });
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  if (intent.capture_method === "manual") {
    intent.status = "requires_capture";
    intent.amount_capturable = intent.amount;
    books.paymentIntents.save(intent);
    recordEvent(world, books, "payment_intent.amount_capturable_updated", intent, { testClock });
    return;
  }
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  books.paymentIntents.save(intent);
  recordEvent(world, books, "charge.succeeded", charge, { testClock });
  recordEvent(world, books, "payment_intent.succeeded", intent, { testClock });
  if (behaviour.dispute) dispute(world, books, charge, behaviour.dispute);
}

function fail(
  world: World,
  books: Books,
  intent: Stripe.PaymentIntent,
  code: string,
  declineCode: string | undefined,
  testClock: string | undefined,
): void {
  const charge = makeCharge(world, books, intent, { isPaid: false, code, declineCode });
  const message = declineMessage(code, declineCode);
  intent.status = "requires_payment_method";
  intent.latest_charge = charge.id;
  const method = books.paymentMethods.get(idOf(intent.payment_method) ?? "");
  intent.last_payment_error = {
    charge: charge.id,
    code,
    ...(declineCode ? { decline_code: declineCode } : {}),
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`,
    message,
    ...(method ? { payment_method: method } : {}),
    type: "card_error",
  } as Stripe.PaymentIntent.LastPaymentError;
  intent.payment_method = null;
  books.paymentIntents.save(intent);
  recordEvent(world, books, "charge.failed", charge, { testClock });
  recordEvent(world, books, "payment_intent.payment_failed", intent, { testClock });
}

/** The error a synchronous confirmation answers with. */
export function declineOf(intent: Stripe.PaymentIntent): StripeError {
  const error = intent.last_payment_error;
  return new StripeError(402, error?.message ?? "Your card was declined.", {
    code: error?.code ?? "card_declined",
    decline_code: error?.decline_code,
    charge: error?.charge,
    type: "card_error",
    about: { payment_intent: intent, payment_method: error?.payment_method },
  });
}

interface Result {
  isPaid: boolean;
  code?: string;
  declineCode?: string | undefined;
}

function makeCharge(
  world: World,
  books: Books,
  intent: Stripe.PaymentIntent,
  { isPaid, code, declineCode }: Result,
): Stripe.Charge {
  const method = books.paymentMethods.get(idOf(intent.payment_method) ?? "");
  const created = nowOf(world, books, clockOf(books, intent));
  const isCaptured = isPaid && intent.capture_method !== "manual";
  const message = code ? declineMessage(code, declineCode) : null;
  const id = newId("ch");
  const {
    brand = null,
    country = null,
    exp_month = 0,
    exp_year = 0,
    funding = null,
    last4 = null,
    fingerprint,
  } = method?.card ?? {};
  const charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: intent.application_fee_amount && isCaptured ? newId("fee") : null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: isCaptured ? newId("txn") : null,
    billing_details: method?.billing_details ?? { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: world.settings.businessName.toUpperCase().slice(0, 22),
    captured: isCaptured,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: code ?? null,
    failure_message: message,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: intent.on_behalf_of,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: isPaid ? "approved_by_network" : "declined_by_network",
      reason: declineCode ?? null,
      risk_level: "normal",
      seller_message: isPaid ? "Payment complete." : "The bank did not return any further details with this decline.",
      type: isPaid ? "authorized" : "issuer_declined",
    },
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method?.id ?? null,
    payment_method_details: {
      card: {
        amount_authorized: isPaid ? intent.amount : null,
        authorization_code: null,
        brand,
        ...(intent.capture_method === "manual" && isPaid ? { capture_before: created + 7 * day } : {}),
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country,
        exp_month,
        exp_year,
        ...(fingerprint ? { fingerprint } : {}),
        funding,
        installments: null,
        last4,
        mandate: null,
        network: brand,
        network_transaction_id: null,
        regulated_status: "unregulated",
        three_d_secure: null,
        wallet: null,
      },
      type: "card",
    },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: `${world.origin()}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPaid ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } as unknown as Stripe.Charge;
  return books.charges.save(charge);
}

/** What a dispute moves on the platform's own balance: out while it lasts, in again if it is won. */
export function movement(
  { amount, currency }: { amount: number; currency: string },
  sign: 1 | -1,
  created: number,
): Stripe.BalanceTransaction {
  const moved = sign * amount;
  return {
    id: newId("txn"),
    object: "balance_transaction",
    amount: moved,
    available_on: created,
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: moved,
    reporting_category: sign < 0 ? "dispute" : "dispute_reversal",
    source: null,
    status: "available",
    type: "adjustment",
  } as unknown as Stripe.BalanceTransaction;
}

/** Opens a dispute of a charge, as the bank's customer would. */
export function dispute(world: World, books: Books, charge: Stripe.Charge, reason: string): Stripe.Dispute {
  const testClock = clockOf(books, charge);
  const created = nowOf(world, books, testClock);
  charge.disputed = true;
  books.charges.save(charge);
  const value = {
    id: newId("du"),
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [movement(charge, -1, created)],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: created + 9 * day,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    intended_submission_method: "manual",
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: "needs_response",
  } as unknown as Stripe.Dispute;
  books.disputes.save(value);
  recordEvent(world, books, "charge.dispute.created", value, { testClock });
  recordEvent(world, books, "charge.dispute.funds_withdrawn", value, { testClock });
  return value;
}
