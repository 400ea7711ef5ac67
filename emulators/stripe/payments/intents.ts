import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { searchPage } from "../answers/search";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { jobOrder, schedule } from "../clock/run-jobs";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { isThreeDecimal, leastCharge, readCurrency, showMoney } from "../money/amounts";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { attemptIntent, clockOf, declineOf } from "./charge";
import { attachTo, createMethod, findMethod, readCard } from "./payment-methods";

const url = "/v1/payment_intents";
const mostAmount = 99_999_999;
const heldFor = 7 * 86_400;

export const paymentIntentHandlers: Handlers<
  | "PaymentIntents.create"
  | "PaymentIntents.retrieve"
  | "PaymentIntents.update"
  | "PaymentIntents.list"
  | "PaymentIntents.search"
  | "PaymentIntents.confirm"
  | "PaymentIntents.capture"
  | "PaymentIntents.cancel"
> = {
  "PaymentIntents.create": handler<Stripe.PaymentIntentCreateParams>(create),
  "PaymentIntents.retrieve": ({ books, ids }) => need(books.paymentIntents, ids.id, "payment_intent"),
  "PaymentIntents.update": handler<Stripe.PaymentIntentUpdateParams>(({ world, books, params, ids }) => {
    const intent = need(books.paymentIntents, ids.id, "payment_intent");
    if (params.amount !== undefined) {
      requireStatus(intent, ["requires_payment_method", "requires_confirmation", "requires_action"], "updated");
      checkAmount(params.amount, intent.currency);
      intent.amount = params.amount;
    }
    if (params.description !== undefined) intent.description = params.description;
    if (params.payment_method !== undefined) {
      intent.payment_method = findMethod(world, books, params.payment_method, "payment_method").id;
      if (intent.status === "requires_payment_method") intent.status = "requires_confirmation";
    }
    intent.metadata = mergeMetadata(intent.metadata, params.metadata);
    return books.paymentIntents.save(intent);
  }),
  "PaymentIntents.list": handler<Stripe.PaymentIntentListParams>(({ books, params }) =>
    listPage(books.paymentIntents, params, { url, by: params.customer ? ["customer", params.customer] : undefined }),
  ),
  "PaymentIntents.search": handler<Stripe.PaymentIntentSearchParams>(({ books, params }) =>
    searchPage(books.paymentIntents, params, `${url}/search`),
  ),
  "PaymentIntents.confirm": handler<Stripe.PaymentIntentConfirmParams>(({ world, books, params, ids }) => {
    const intent = need(books.paymentIntents, ids.id, "payment_intent");
    requireStatus(intent, ["requires_payment_method", "requires_confirmation", "requires_action"], "confirmed");
    if (params.payment_method)
      intent.payment_method = findMethod(world, books, params.payment_method, "payment_method").id;
    return confirm(
      world,
      books,
      intent,
      params.off_session === true || params.off_session === "one_off" || params.off_session === "recurring",
    );
  }),
  "PaymentIntents.capture": handler<Stripe.PaymentIntentCaptureParams>(capture),
  "PaymentIntents.cancel": handler<Stripe.PaymentIntentCancelParams>(({ world, books, params, ids }) => {
    const intent = need(books.paymentIntents, ids.id, "payment_intent");
    requireStatus(
      intent,
      ["requires_payment_method", "requires_confirmation", "requires_action", "requires_capture", "processing"],
      "canceled",
    );
    return cancelIntent(world, books, intent, params.cancellation_reason ?? null);
  }),
};

function requireStatus(intent: Stripe.PaymentIntent, allowed: string[], verb: string): void {
  if (!allowed.includes(intent.status))
    throw invalid(
      `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`,
      undefined,
      "payment_intent_unexpected_state",
    );
}

export function cancelIntent(
  world: World,
  books: Books,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  intent.status = "canceled";
  intent.canceled_at = nowOf(world, books, clockOf(books, intent));
  intent.cancellation_reason = reason;
  intent.amount_capturable = 0;
  intent.next_action = null;
  books.paymentIntents.save(intent);
  recordEvent(world, books, "payment_intent.canceled", intent, { testClock: clockOf(books, intent) });
  return intent;
}

function checkAmount(amount: number, currency: string): void {
  if (amount < 1)
    throw invalid("This value must be greater than or equal to 1.", "amount", "parameter_invalid_integer");
  if (amount < leastCharge(currency))
    throw invalid(
      `Amount must be at least ${showMoney(leastCharge(currency), currency)} ${currency}`,
      "amount",
      "amount_too_small",
    );
  if (isThreeDecimal(currency) && amount % 10 !== 0)
    throw invalid(
      `Amounts in ${currency} must be rounded to the nearest ten: the last digit is a 0.`,
      "amount",
      "parameter_invalid_integer",
    );
  if (amount > mostAmount) throw invalid("Amount must be no more than 999,999.99", "amount", "amount_too_large");
}

export interface IntentOrder {
  amount: number;
  currency: string;
  customer: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  method?: string | null;
  captureMethod?: Stripe.PaymentIntent.CaptureMethod;
  setupFutureUsage?: Stripe.PaymentIntent.SetupFutureUsage | null;
  applicationFeeAmount?: number | null;
  receiptEmail?: string | null;
  transferGroup?: string | null;
}

export function makeIntent(world: World, books: Books, order: IntentOrder): Stripe.PaymentIntent {
  const id = newId("pi");
  const testClock = clockOf(books, order);
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: order.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: order.applicationFeeAmount ?? null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: order.captureMethod ?? "automatic",
    client_secret: `${id}_secret_${newId("x", 25).slice(2)}`,
    confirmation_method: "automatic",
    created: nowOf(world, books, testClock),
    currency: order.currency,
    customer: order.customer,
    customer_account: null,
    description: order.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: order.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: order.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: order.receiptEmail ?? null,
    review: null,
    setup_future_usage: order.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: order.method ? "requires_confirmation" : "requires_payment_method",
    transfer_data: null,
    transfer_group: order.transferGroup ?? null,
  };
  books.paymentIntents.save(intent);
  recordEvent(world, books, "payment_intent.created", intent, { testClock });
  return intent;
}

function create({ world, books, params }: Call<Stripe.PaymentIntentCreateParams>): object {
  const currency = readCurrency(params.currency);
  checkAmount(params.amount, currency);
  if (params.customer) need(books.customers, params.customer, "customer", "customer");
  if (params.off_session && !params.confirm)
    throw invalid("off_session can only be set when confirm=true.", "off_session");
  const data = params.payment_method_data;
  if (data && data.type !== "card") throw invalid("This emulator plays cards alone.", "payment_method_data[type]");
  const given = params.payment_method ? findMethod(world, books, params.payment_method, "payment_method") : undefined;
  const method =
    given ??
    (data
      ? createMethod(
          world,
          books,
          {},
          readCard((data as { card?: object }).card, "payment_method_data[card]", nowOf(world, books, null)),
        )
      : undefined);
  if (params.confirm && !method)
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method.",
      "payment_method",
      "parameter_missing",
    );
  const intent = makeIntent(world, books, {
    amount: params.amount,
    currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    method: method?.id ?? null,
    captureMethod: params.capture_method ?? "automatic_async",
    setupFutureUsage: params.setup_future_usage ?? null,
    applicationFeeAmount: params.application_fee_amount ?? null,
    receiptEmail: params.receipt_email || null,
    transferGroup: params.transfer_group ?? null,
  });
  if (params.automatic_payment_methods) {
    const { enabled, allow_redirects } = params.automatic_payment_methods;
    intent.automatic_payment_methods = { enabled, allow_redirects: allow_redirects ?? "always" };
  }
  return params.confirm ? confirm(world, books, intent, Boolean(params.off_session)) : intent;
}

function confirm(world: World, books: Books, intent: Stripe.PaymentIntent, offSession: boolean): Stripe.PaymentIntent {
  if (!intent.payment_method)
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method.",
      "payment_method",
      "parameter_missing",
    );
  attemptIntent(world, books, intent, { offSession });
  if (intent.status === "requires_payment_method") throw declineOf(intent);
  afterSuccess(world, books, intent);
  return intent;
}

/** What follows a payment that went through: the card is kept where that was asked for, a hold ends after seven days. */
export function afterSuccess(world: World, books: Books, intent: Stripe.PaymentIntent): void {
  if (intent.status !== "succeeded" && intent.status !== "requires_capture") return;
  const method = books.paymentMethods.get(idOf(intent.payment_method) ?? "");
  const customer = idOf(intent.customer);
  if (intent.setup_future_usage && method && customer && !method.customer)
    attachTo(world, books, method.id, customer, "payment_method");
  if (intent.status === "requires_capture") planHold(world, books, intent);
}

export function planHold(world: World, books: Books, intent: Stripe.PaymentIntent): void {
  if (intent.status !== "requires_capture") return;
  schedule(world, books, clockOf(books, intent), {
    at: intent.created + heldFor,
    order: jobOrder.payment,
    run: () => {
      if (intent.status === "requires_capture") cancelIntent(world, books, intent, "automatic");
    },
  });
}

function capture({ world, books, params, ids }: Call<Stripe.PaymentIntentCaptureParams>): object {
  const intent = need(books.paymentIntents, ids.id, "payment_intent");
  requireStatus(intent, ["requires_capture"], "captured");
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable)
    throw invalid(
      "The amount to capture must be between 1 and the amount held.",
      "amount_to_capture",
      "amount_too_large",
    );
  const charge = need(books.charges, idOf(intent.latest_charge), "charge");
  charge.amount_captured = amount;
  charge.captured = true;
  charge.balance_transaction = newId("txn");
  charge.amount_refunded = charge.amount - amount;
  books.charges.save(charge);
  intent.status = "succeeded";
  intent.amount_received = amount;
  intent.amount_capturable = 0;
  books.paymentIntents.save(intent);
  const testClock = clockOf(books, intent);
  recordEvent(world, books, "charge.captured", charge, { testClock });
  recordEvent(world, books, "payment_intent.succeeded", intent, { testClock });
  return intent;
}
