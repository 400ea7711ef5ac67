import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid, missing, StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { type CardBehaviour, cardByNumber, cardByToken, declineMessage } from "./cards";

const url = "/v1/payment_methods";

export const paymentMethodHandlers: Handlers<
  | "PaymentMethods.create"
  | "PaymentMethods.retrieve"
  | "PaymentMethods.update"
  | "PaymentMethods.list"
  | "PaymentMethods.attach"
  | "PaymentMethods.detach"
> = {
  "PaymentMethods.create": handler<Stripe.PaymentMethodCreateParams>(({ world, books, params }) => {
    if (params.type !== undefined && params.type !== "card")
      throw invalid("This emulator plays cards alone.", "type", "payment_method_unactivated");
    return createMethod(world, books, params, readCard(params.card, "card", nowOf(world, books, null)));
  }),
  "PaymentMethods.retrieve": ({ world, books, ids }) => findMethod(world, books, ids.id, "payment_method"),
  "PaymentMethods.update": handler<Stripe.PaymentMethodUpdateParams>(({ world, books, params, ids }) => {
    const method = need(books.paymentMethods, ids.id, "payment_method");
    if (!method.customer) throw invalid("You must save this PaymentMethod to a customer before you can update it.");
    const { exp_month: month, exp_year: year } = params.card ?? {};
    if (method.card && month !== undefined) method.card.exp_month = month;
    if (method.card && year !== undefined) method.card.exp_year = year;
    if (params.billing_details) Object.assign(method.billing_details, params.billing_details);
    method.metadata = mergeMetadata(method.metadata ?? {}, params.metadata);
    books.paymentMethods.save(method);
    recordEvent(world, books, "payment_method.updated", method, { testClock: clockOfMethod(books, method) });
    return method;
  }),
  "PaymentMethods.list": handler<Stripe.PaymentMethodListParams>(({ books, params }) => {
    if (params.customer) need(books.customers, params.customer, "customer", "customer");
    return listPage(books.paymentMethods, params, {
      url,
      by: params.customer ? ["customer", params.customer] : undefined,
      where: (method) =>
        (params.customer === undefined || method.customer === params.customer) &&
        (params.type === undefined || method.type === params.type),
    });
  }),
  "PaymentMethods.attach": handler<Stripe.PaymentMethodAttachParams>((call) => {
    if (!call.params.customer) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
    return attachTo(call.world, call.books, call.ids.id ?? "", call.params.customer, "payment_method");
  }),
  "PaymentMethods.detach": ({ world, books, ids }: Call) => {
    const method = need(books.paymentMethods, ids.id, "payment_method");
    const customer = books.customers.get(idOf(method.customer) ?? "");
    if (!customer)
      throw invalid("The payment method you provided is not attached to a customer so detachment is impossible.");
    if (customer.invoice_settings.default_payment_method === method.id) {
      customer.invoice_settings.default_payment_method = null;
      books.customers.save(customer);
    }
    for (const subscription of books.subscriptions.all("customer", customer.id)) {
      if (subscription.default_payment_method !== method.id) continue;
      subscription.default_payment_method = null;
      books.subscriptions.save(subscription);
    }
    method.customer = null;
    books.paymentMethods.save(method);
    recordEvent(world, books, "payment_method.detached", method, { testClock: idOf(customer.test_clock) });
    return method;
  },
};

const clockOfMethod = (books: Books, method: Stripe.PaymentMethod): string | undefined =>
  idOf(books.customers.get(idOf(method.customer) ?? "")?.test_clock);

interface CardParams {
  number?: string;
  token?: string;
  exp_month?: number;
  exp_year?: number;
  cvc?: string;
}

/** The test card that is meant, or Stripe's refusal of one that is none or has expired by `now`, in seconds. */
export function readCard(
  card: CardParams | undefined,
  param: string,
  now: number,
): { behaviour: CardBehaviour; card: CardParams } {
  if (!card) throw invalid("Missing required param: card.", param, "parameter_missing");
  if (card.token !== undefined) {
    const behaviour = cardByToken(card.token);
    if (!behaviour) throw missing("token", card.token, `${param}[token]`);
    return { behaviour, card };
  }
  const number = (card.number ?? "").replace(/\s/g, "");
  const cardError = (message: string, code: string, name: string) =>
    new StripeError(402, message, { code, param: `${param}[${name}]`, type: "card_error" });
  if (!passesLuhn(number)) throw cardError("Your card number is incorrect.", "incorrect_number", "number");
  const month = card.exp_month ?? 0;
  if (month < 1 || month > 12)
    throw cardError("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month");
  const year = card.exp_year ?? 0;
  const today = new Date(now * 1000);
  const isOver = year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (isOver || year > 2100)
    throw cardError("Your card's expiration year is invalid.", "invalid_expiry_year", "exp_year");
  const behaviour = cardByNumber(number);
  if (!behaviour)
    throw cardError(
      "Your card was declined. Your request was in test mode, but used a non test card.",
      "card_declined",
      "number",
    );
  return { behaviour, card };
}

function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export function createMethod(
  world: World,
  books: Books,
  params: Pick<Stripe.PaymentMethodCreateParams, "billing_details" | "metadata" | "allow_redisplay">,
  { behaviour, card }: { behaviour: CardBehaviour; card: CardParams },
): Stripe.PaymentMethod {
  const blank = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  const details = params.billing_details;
  const method: Stripe.PaymentMethod = {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: params.allow_redisplay ?? "unspecified",
    billing_details: {
      address: { ...blank, ...(details?.address || {}) },
      email: details?.email || null,
      name: details?.name || null,
      phone: details?.phone || null,
      tax_id: null,
    },
    card: {
      brand: behaviour.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: behaviour.country ?? "US",
      display_brand: behaviour.brand,
      exp_month: card.exp_month ?? 12,
      exp_year: card.exp_year ?? 2034,
      fingerprint: `fp${behaviour.last4}${behaviour.brand}`,
      funding: behaviour.funding ?? "credit",
      generated_from: null,
      last4: behaviour.last4,
      networks: { available: [behaviour.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: nowOf(world, books, null),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    type: "card",
  };
  books.paymentMethods.save(method);
  books.cards.save({ id: method.id, behaviour, isSetUp: false });
  return method;
}

/** A method by its id; `pm_card_visa` and its like make a new one, as with Stripe. */
export function findMethod(world: World, books: Books, id: string | undefined, param: string): Stripe.PaymentMethod {
  const behaviour = id === undefined ? undefined : cardByToken(id);
  if (behaviour) return createMethod(world, books, {}, { behaviour, card: {} });
  return need(books.paymentMethods, id, "PaymentMethod", param);
}

/** Attaches, after asking the bank as Stripe does: a card that is always declined is refused here. */
export function attachTo(
  world: World,
  books: Books,
  id: string,
  customerId: string,
  param: string,
): Stripe.PaymentMethod {
  const customer = need(books.customers, customerId, "customer", "customer");
  const method = findMethod(world, books, id, param);
  if (method.customer === customer.id) return method;
  if (method.customer)
    throw invalid(
      "The payment method you provided has already been attached to a customer.",
      param,
      "payment_method_unexpected_state",
    );
  const { behaviour } = books.cards.get(method.id) ?? {};
  if (behaviour?.attachDecline && behaviour.chargeDecline) {
    const { code, declineCode } = behaviour.chargeDecline;
    throw new StripeError(402, declineMessage(code, declineCode), {
      code,
      decline_code: declineCode,
      type: "card_error",
    });
  }
  method.customer = customer.id;
  books.paymentMethods.save(method);
  recordEvent(world, books, "payment_method.attached", method, { testClock: idOf(customer.test_clock) });
  return method;
}
