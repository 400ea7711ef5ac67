import type Stripe from "stripe";
import { type ListParams, listPage, pageOf } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { jobOrder, schedule } from "../clock/run-jobs";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { readCurrency } from "../money/amounts";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { refuseUnplayed } from "../subscriptions/parts";
import { nowOf, type World } from "../world";
import { checkMode, itemsFor } from "./read-order";

const url = "/v1/checkout/sessions";
type Params = Stripe.Checkout.SessionCreateParams;
const day = 86_400;
const unplayed = [
  ...[
    "automatic_tax",
    "discounts",
    "allow_promotion_codes",
    "shipping_options",
    "shipping_address_collection",
    "optional_items",
  ],
  ...["custom_fields", "customer_account", "tax_id_collection", "invoice_creation"],
];

export const checkoutHandlers: Handlers<
  | "Checkout/Sessions.create"
  | "Checkout/Sessions.retrieve"
  | "Checkout/Sessions.update"
  | "Checkout/Sessions.list"
  | "Checkout/Sessions.expire"
  | "Checkout/Sessions.listLineItems"
> = {
  "Checkout/Sessions.create": handler<Params>(create),
  "Checkout/Sessions.retrieve": ({ books, ids }) => need(books.sessions, ids.id, "checkout.session"),
  "Checkout/Sessions.update": handler<Stripe.Checkout.SessionUpdateParams>(({ books, params, ids }) => {
    const session = need(books.sessions, ids.id, "checkout.session");
    session.metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
    return books.sessions.save(session);
  }),
  "Checkout/Sessions.list": handler<Stripe.Checkout.SessionListParams>(({ books, params }) =>
    listPage(books.sessions, params, {
      url,
      by: params.customer
        ? ["customer", params.customer]
        : params.subscription
          ? ["subscription", params.subscription]
          : params.payment_intent
            ? ["payment_intent", params.payment_intent]
            : undefined,
      where: (session) => params.status === undefined || session.status === params.status,
    }),
  ),
  "Checkout/Sessions.expire": ({ world, books, ids }: Call) => {
    const session = need(books.sessions, ids.id, "checkout.session");
    if (session.status !== "open")
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    return expire(world, books, session);
  },
  "Checkout/Sessions.listLineItems": handler<ListParams>(({ books, params, ids }) => {
    const session = need(books.sessions, ids.id, "checkout.session");
    return pageOf(books.sessionOrders.get(session.id)?.items ?? [], params, `${url}/${session.id}/line_items`);
  }),
};

function expire(world: World, books: Books, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  session.status = "expired";
  session.url = null;
  books.sessions.save(session);
  recordEvent(world, books, "checkout.session.expired", session, { testClock: clockOf(books, session) });
  return session;
}

export const clockOf = (books: Books, session: Stripe.Checkout.Session): string | undefined =>
  idOf(books.customers.get(idOf(session.customer) ?? "")?.test_clock);

export function planSession(world: World, books: Books, session: Stripe.Checkout.Session): void {
  schedule(world, books, clockOf(books, session), {
    at: session.expires_at,
    order: jobOrder.session,
    run: () => {
      if (session.status === "open") expire(world, books, session);
    },
  });
}

function create(call: Call<Params>): object {
  const { world, books, params } = call;
  refuseUnplayed(
    {
      ...params,
      automatic_tax: params.automatic_tax?.enabled || undefined,
      tax_id_collection: params.tax_id_collection?.enabled || undefined,
      invoice_creation: params.invoice_creation?.enabled || undefined,
      allow_promotion_codes: params.allow_promotion_codes || undefined,
    },
    unplayed,
  );
  const mode = params.mode ?? "payment";
  if (params.ui_mode !== undefined && params.ui_mode !== "hosted_page")
    throw invalid("The emulator plays the hosted page alone.", "ui_mode", "not_played");
  if (!params.success_url) throw invalid("Missing required param: success_url.", "success_url", "parameter_missing");
  if (params.customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", "customer");
  if (params.customer) need(books.customers, params.customer, "customer", "customer");
  checkMode(params, mode);
  const testClock = idOf(books.customers.get(params.customer ?? "")?.test_clock);
  const created = nowOf(world, books, testClock);
  const expiresAt = params.expires_at ?? created + day;
  if (expiresAt < created + 1800 || expiresAt > created + day)
    throw invalid(
      "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
      "expires_at",
    );
  const trialEnd = params.subscription_data?.trial_end;
  if (trialEnd !== undefined && trialEnd < created + 2 * day)
    throw invalid(
      "The `trial_end` date has to be at least 2 days in the future.",
      "subscription_data[trial_end]",
      "parameter_invalid_integer",
    );
  const items = mode === "setup" ? [] : itemsFor(call, params, mode);
  const currency = items[0]?.currency ?? (params.currency ? readCurrency(params.currency) : null);
  const days = params.subscription_data?.trial_period_days;
  const isTrial = days !== undefined || trialEnd !== undefined;
  const total = items.reduce((sum, item) => sum + item.amount_total, 0);
  const id = newId("cs_test", 56);
  const session = {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: params.after_expiration
      ? {
          recovery: {
            allow_promotion_codes: false,
            enabled: params.after_expiration.recovery?.enabled ?? false,
            expires_at: null,
            url: null,
          },
        }
      : null,
    allow_promotion_codes: null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: mode === "setup" ? null : isTrial ? 0 : total,
    amount_total: mode === "setup" ? null : isTrial ? 0 : total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation:
      mode === "subscription"
        ? params.customer
          ? null
          : "always"
        : mode === "setup" || params.customer
          ? null
          : (params.customer_creation ?? "if_required"),
    customer_details: null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation:
      mode === "payment"
        ? {
            enabled: false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: null,
              description: null,
              footer: null,
              issuer: null,
              metadata: {},
              rendering_options: null,
            },
          }
        : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      mode === "subscription"
        ? (params.payment_method_collection ?? "always")
        : mode === "payment"
          ? "if_required"
          : "always",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status: mode === "setup" ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url,
    total_details: mode === "setup" ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${world.origin()}/c/pay/${id}`,
    wallet_options: null,
  } as unknown as Stripe.Checkout.Session;
  books.sessions.save(session);
  books.sessionOrders.save({ id, params, items });
  planSession(world, books, session);
  return session;
}
