import type Stripe from "stripe";
import { createCustomer } from "../customers/customers";
import { invalid, missing, StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import { collectInvoice } from "../invoices/collect";
import { declineMessage } from "../payments/cards";
import { attemptIntent } from "../payments/charge";
import { afterSuccess, makeIntent } from "../payments/intents";
import { attachTo, createMethod, readCard } from "../payments/payment-methods";
import { confirmSetup, makeSetupIntent } from "../payments/setup-intents";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { createSubscription } from "../subscriptions/create";
import { planSubscription } from "../subscriptions/plan-moments";
import { nowOf, type World } from "../world";
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
export type Completion = { kind: "done"; session: Stripe.Checkout.Session } | { kind: "authenticate" };

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
        readCard(given.card, "card", nowOf(world, books, null)),
      );
  const needsCard =
    session.mode !== "subscription" ||
    session.payment_method_collection === "always" ||
    (session.amount_total ?? 0) > 0;
  if (!method && needsCard) throw invalid("A card is required.", "card", "parameter_missing");
  // Before anything is made: a card that is refused, or whose bank asks first, leaves nothing behind.
  if (method && asksBank(books, method, session, given.isAuthenticated ?? false)) return { kind: "authenticate" };
  const email = given.email ?? session.customer_email ?? undefined;
  let customer = books.customers.get(idOf(session.customer) ?? "");
  if (!customer && wantsCustomer) {
    const params = { ...(email ? { email } : {}), ...(given.name ? { name: given.name } : {}) };
    customer = createCustomer({ world, books, params });
  }
  const work = session.mode === "subscription" ? subscribe : session.mode === "setup" ? setUp : pay;
  work(world, books, session, order.params, customer, method);
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

/** Whether the bank wants to ask; throws Stripe's card error where it refuses. */
function asksBank(
  books: Books,
  method: Stripe.PaymentMethod,
  session: Stripe.Checkout.Session,
  isAuthenticated: boolean,
): boolean {
  const card = books.cards.get(method.id);
  if (!card) return false;
  const { authentication, attachDecline, chargeDecline } = card.behaviour;
  const isAsked = authentication === "always" || (authentication === "unless-set-up" && !card.isSetUp);
  if (isAsked && !isAuthenticated) return true;
  if (chargeDecline && (attachDecline || (session.amount_total ?? 0) > 0)) {
    const { code, declineCode } = chargeDecline;
    const detail = { code, decline_code: declineCode, type: "card_error" } as const;
    throw new StripeError(402, declineMessage(code, declineCode), detail);
  }
  card.isSetUp ||= isAsked;
  books.cards.save(card);
  return false;
}

/** What the visitor's payment comes to, by the page's mode. */
type Finish = (
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  params: Stripe.Checkout.SessionCreateParams,
  customer: Stripe.Customer | undefined,
  method: Stripe.PaymentMethod | undefined,
) => void;

const subscribe: Finish = (world, books, session, params, customer, method) => {
  if (!customer) throw invalid("A customer is required.", "customer");
  if (method && session.amount_total === 0) {
    const intent = makeSetupIntent(world, books, { customer: customer.id, usage: "off_session", method: method.id });
    confirmSetup(world, books, intent, true);
  } else if (method) attachTo(world, books, method.id, customer.id, "card");
  const data = params.subscription_data;
  const subscription = createSubscription(world, books, {
    customer: customer.id,
    items: (books.sessionOrders.get(session.id)?.items ?? []).map(({ price, quantity }) => ({
      price: price?.id ?? "",
      ...(quantity === null ? {} : { quantity }),
    })),
    payment_behavior: "default_incomplete",
    ...(method ? { default_payment_method: method.id } : {}),
    ...Object.fromEntries(passedOn.map((name) => [name, data?.[name]]).filter(([, value]) => value !== undefined)),
    metadata: data?.metadata ?? {},
  } as Stripe.SubscriptionCreateParams);
  const invoice = books.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") collectInvoice(world, books, invoice, { offSession: false, isAuthenticated: true });
  session.payment_status = session.amount_total === 0 ? "no_payment_required" : "paid";
  session.subscription = subscription.id;
  session.invoice = idOf(subscription.latest_invoice) ?? null;
  planSubscription(world, books, subscription);
};

const passedOn = [
  ...(["trial_period_days", "trial_end", "trial_settings", "billing_mode", "description"] as const),
  ...(["billing_cycle_anchor", "proration_behavior"] as const),
];

const setUp: Finish = (world, books, session, params, customer, method) => {
  if (!customer || !method) throw invalid("A card is required.", "card");
  const metadata = (params.setup_intent_data?.metadata ?? {}) as Record<string, string>;
  const order = { customer: customer.id, usage: "off_session", method: method.id, metadata };
  session.setup_intent = confirmSetup(world, books, makeSetupIntent(world, books, order), true).id;
};

const pay: Finish = (world, books, session, params, customer, method) => {
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
  attemptIntent(world, books, intent, { offSession: false, isAuthenticated: true });
  afterSuccess(world, books, intent);
  session.payment_intent = intent.id;
  session.payment_status = intent.status === "requires_capture" ? "unpaid" : "paid";
};
