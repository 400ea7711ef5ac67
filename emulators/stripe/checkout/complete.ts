import type Stripe from "stripe";
import { createCustomer } from "../customers/customers";
import { invalid, missing } from "../errors";
import { recordEvent } from "../events/record-event";
import { collectInvoice, intentOf } from "../invoices/collect";
import { attemptIntent, declineOf } from "../payments/charge";
import { afterSuccess, makeIntent } from "../payments/intents";
import { attachTo, createMethod, readCard } from "../payments/payment-methods";
import { confirmSetup, makeSetupIntent } from "../payments/setup-intents";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { createSubscription } from "../subscriptions/create";
import { planSubscription } from "../subscriptions/plan-moments";
import type { World } from "../world";
import { clockOf } from "./sessions";

export interface Submission {
  email?: string | undefined;
  name?: string | undefined;
  /** Absent where no card is asked for, or where a saved one is taken. */
  card?: { number: string; exp_month: number; exp_year: number; cvc: string } | undefined;
  savedMethod?: string | undefined;
  isAuthenticated?: boolean | undefined;
}

/** What a submission came to: done, or the page where the bank asks. Throws Stripe's card error where the card is refused. */
export type Completion = { kind: "done"; session: Stripe.Checkout.Session } | { kind: "authenticate"; intent: string };

export function completeSession(
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  given: Submission,
): Completion {
  if (session.status !== "open") throw invalid(`This Checkout Session is ${session.status}.`);
  const order = books.sessionOrders.get(session.id);
  if (!order) throw missing("checkout.session", session.id);
  const isNew = session.customer === null;
  const wantsCustomer =
    session.mode !== "payment" ||
    session.customer_creation === "always" ||
    order.params.payment_intent_data?.setup_future_usage !== undefined;
  const method = given.savedMethod
    ? books.paymentMethods.get(given.savedMethod)
    : given.card &&
      createMethod(
        world,
        books,
        {
          billing_details: {
            ...(given.name ? { name: given.name } : {}),
            ...(given.email ? { email: given.email } : {}),
          },
        },
        readCard(given.card, "card"),
      );
  const needsCard =
    session.mode !== "subscription" ||
    session.payment_method_collection === "always" ||
    (session.amount_total ?? 0) > 0;
  if (!method && needsCard) throw invalid("A card is required.", "card", "parameter_missing");
  const email = given.email ?? session.customer_email ?? undefined;
  let customer = books.customers.get(idOf(session.customer) ?? "");
  if (!customer && wantsCustomer) {
    const params = { ...(email ? { email } : {}), ...(given.name ? { name: given.name } : {}) };
    customer = createCustomer({ world, books, params });
  }
  const result =
    session.mode === "subscription"
      ? subscribe(world, books, session, order.params, customer, method, given)
      : session.mode === "setup"
        ? setUp(world, books, session, order.params, customer, method, given)
        : pay(world, books, session, order.params, customer, method, given);
  if (result) return { kind: "authenticate", intent: result };
  session.status = "complete";
  session.url = null;
  session.customer = customer?.id ?? null;
  session.customer_details = {
    address: null,
    business_name: null,
    email: email ?? customer?.email ?? null,
    individual_name: null,
    name: given.name ?? customer?.name ?? null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  } as unknown as Stripe.Checkout.Session.CustomerDetails;
  if (isNew && customer && session.customer_creation !== "always") session.customer_creation = "if_required";
  books.sessions.save(session);
  recordEvent(world, books, "checkout.session.completed", session, { testClock: clockOf(books, session) });
  return { kind: "done", session };
}

/** Asks the bank whether a card may be kept; the answer is remembered with the card. */
function verify(
  world: World,
  books: Books,
  customer: string,
  method: Stripe.PaymentMethod,
  isAuthenticated: boolean,
): { intent: Stripe.SetupIntent; waits: boolean } {
  const intent = makeSetupIntent(world, books, { customer, usage: "off_session", method: method.id });
  confirmSetup(world, books, intent, isAuthenticated);
  return { intent, waits: intent.status === "requires_action" };
}

type Maybe<T> = T | undefined;

function subscribe(
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  params: Stripe.Checkout.SessionCreateParams,
  customer: Maybe<Stripe.Customer>,
  method: Maybe<Stripe.PaymentMethod>,
  given: Submission,
): string | undefined {
  if (!customer) throw invalid("A customer is required.", "customer");
  const isTrial =
    params.subscription_data?.trial_period_days !== undefined || params.subscription_data?.trial_end !== undefined;
  if (method && method.customer !== customer.id) {
    if (isTrial || session.amount_total === 0) {
      const { intent, waits } = verify(world, books, customer.id, method, given.isAuthenticated ?? false);
      if (waits) return intent.id;
    } else attachTo(world, books, method.id, customer.id, "card");
  }
  const data = params.subscription_data;
  const subscription = createSubscription(world, books, {
    customer: customer.id,
    items: (books.sessionOrders.get(session.id)?.items ?? []).map(({ price, quantity }) => ({
      price: price?.id ?? "",
      ...(quantity === null ? {} : { quantity }),
    })),
    payment_behavior: "default_incomplete",
    off_session: false,
    ...(method ? { default_payment_method: method.id } : {}),
    ...(data?.trial_period_days === undefined ? {} : { trial_period_days: data.trial_period_days }),
    ...(data?.trial_end === undefined ? {} : { trial_end: data.trial_end }),
    ...(data?.trial_settings ? { trial_settings: data.trial_settings } : {}),
    ...(data?.billing_mode ? { billing_mode: data.billing_mode } : {}),
    ...(data?.description ? { description: data.description } : {}),
    ...(data?.billing_cycle_anchor === undefined ? {} : { billing_cycle_anchor: data.billing_cycle_anchor }),
    ...(data?.proration_behavior ? { proration_behavior: data.proration_behavior } : {}),
    metadata: data?.metadata ?? {},
  } as Stripe.SubscriptionCreateParams);
  const invoice = books.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") {
    const intent = collectInvoice(world, books, invoice, {
      offSession: false,
      isAuthenticated: given.isAuthenticated ?? false,
    });
    const waiting = intentOf(books, invoice);
    if (intent?.status !== "succeeded") {
      // The session stays open for another card; what this attempt made is taken back.
      undo(world, books, subscription, invoice);
      if (intent?.status === "requires_action" && waiting) return waiting.id;
      if (intent) throw declineOf(intent);
    }
  }
  session.payment_status = session.amount_total === 0 ? "no_payment_required" : "paid";
  session.subscription = subscription.id;
  session.invoice = idOf(subscription.latest_invoice) ?? null;
  if (subscription.pending_setup_intent && method) {
    subscription.pending_setup_intent = null;
    books.subscriptions.save(subscription);
  }
  planSubscription(world, books, subscription);
  return undefined;
}

function undo(world: World, books: Books, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  books.subscriptions.delete(subscription.id);
  invoice.status = "void";
  invoice.auto_advance = false;
  books.invoices.save(invoice);
  recordEvent(world, books, "invoice.voided", invoice, { testClock: idOf(invoice.test_clock) });
}

function setUp(
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  params: Stripe.Checkout.SessionCreateParams,
  customer: Maybe<Stripe.Customer>,
  method: Maybe<Stripe.PaymentMethod>,
  given: Submission,
): string | undefined {
  if (!customer || !method) throw invalid("A card is required.", "card");
  const { intent, waits } = verify(world, books, customer.id, method, given.isAuthenticated ?? false);
  intent.metadata = { ...(params.setup_intent_data?.metadata as Record<string, string> | undefined) };
  books.setupIntents.save(intent);
  session.setup_intent = intent.id;
  return waits ? intent.id : undefined;
}

function pay(
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  params: Stripe.Checkout.SessionCreateParams,
  customer: Maybe<Stripe.Customer>,
  method: Maybe<Stripe.PaymentMethod>,
  given: Submission,
): string | undefined {
  const data = params.payment_intent_data;
  const intent = makeIntent(world, books, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer: customer?.id ?? null,
    description: data?.description ?? null,
    metadata: (data?.metadata ?? {}) as Record<string, string>,
    method: method?.id ?? null,
    captureMethod: data?.capture_method ?? "automatic_async",
    setupFutureUsage: data?.setup_future_usage ?? null,
    applicationFeeAmount: data?.application_fee_amount ?? null,
    receiptEmail: data?.receipt_email ?? null,
    transferGroup: data?.transfer_group ?? null,
  });
  attemptIntent(world, books, intent, { offSession: false, isAuthenticated: given.isAuthenticated ?? false });
  if (intent.status === "requires_action") return intent.id;
  if (intent.status === "requires_payment_method") throw declineOf(intent);
  afterSuccess(world, books, intent);
  session.payment_intent = intent.id;
  session.payment_status = intent.status === "requires_capture" ? "unpaid" : "paid";
  return undefined;
}
