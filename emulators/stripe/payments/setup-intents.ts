import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid, StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { declineMessage } from "./cards";
import { clockOf } from "./charge";
import { attachTo, findMethod } from "./payment-methods";

const url = "/v1/setup_intents";

export const setupIntentHandlers: Handlers<
  | "SetupIntents.create"
  | "SetupIntents.retrieve"
  | "SetupIntents.update"
  | "SetupIntents.list"
  | "SetupIntents.confirm"
  | "SetupIntents.cancel"
> = {
  "SetupIntents.create": handler<Stripe.SetupIntentCreateParams>(({ world, books, params }) => {
    if (params.customer) need(books.customers, params.customer, "customer", "customer");
    const method = params.payment_method ? findMethod(world, books, params.payment_method, "payment_method").id : null;
    const intent = makeSetupIntent(world, books, {
      customer: params.customer ?? null,
      usage: params.usage ?? "off_session",
      method,
      metadata: mergeMetadata({}, params.metadata),
      description: params.description ?? null,
    });
    return params.confirm ? confirmSetup(world, books, intent, false) : intent;
  }),
  "SetupIntents.retrieve": ({ books, ids }) => need(books.setupIntents, ids.id, "setupintent"),
  "SetupIntents.update": handler<Stripe.SetupIntentUpdateParams>(({ world, books, params, ids }) => {
    const intent = need(books.setupIntents, ids.id, "setupintent");
    if (params.payment_method) {
      intent.payment_method = findMethod(world, books, params.payment_method, "payment_method").id;
      intent.status = "requires_confirmation";
    }
    intent.metadata = mergeMetadata(intent.metadata ?? {}, params.metadata);
    return books.setupIntents.save(intent);
  }),
  "SetupIntents.list": handler<Stripe.SetupIntentListParams>(({ books, params }) =>
    listPage(books.setupIntents, params, { url, by: params.customer ? ["customer", params.customer] : undefined }),
  ),
  "SetupIntents.confirm": handler<Stripe.SetupIntentConfirmParams>(({ world, books, params, ids }) => {
    const intent = need(books.setupIntents, ids.id, "setupintent");
    if (params.payment_method)
      intent.payment_method = findMethod(world, books, params.payment_method, "payment_method").id;
    return confirmSetup(world, books, intent, false);
  }),
  "SetupIntents.cancel": ({ world, books, ids }: Call) => {
    const intent = need(books.setupIntents, ids.id, "setupintent");
    if (intent.status === "succeeded" || intent.status === "canceled")
      throw invalid(
        `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
        undefined,
        "setup_intent_unexpected_state",
      );
    intent.status = "canceled";
    books.setupIntents.save(intent);
    recordEvent(world, books, "setup_intent.canceled", intent, { testClock: clockOf(books, intent) });
    return intent;
  },
};

interface SetupOrder {
  customer: string | null;
  usage: string;
  method?: string | null;
  metadata?: Record<string, string>;
  description?: string | null;
}

export function makeSetupIntent(world: World, books: Books, order: SetupOrder): Stripe.SetupIntent {
  const id = newId("seti");
  const testClock = clockOf(books, order);
  const intent: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${newId("x", 25).slice(2)}`,
    created: nowOf(world, books, testClock),
    customer: order.customer,
    description: order.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: order.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: order.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
    } as Stripe.SetupIntent.PaymentMethodOptions,
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: order.method ? "requires_confirmation" : "requires_payment_method",
    usage: order.usage,
  };
  books.setupIntents.save(intent);
  recordEvent(world, books, "setup_intent.created", intent, { testClock });
  return intent;
}

/** Asks the bank; throws Stripe's card error where it refuses. */
export function confirmSetup(
  world: World,
  books: Books,
  intent: Stripe.SetupIntent,
  isAuthenticated: boolean,
): Stripe.SetupIntent {
  const card = books.cards.get(idOf(intent.payment_method) ?? "");
  const testClock = clockOf(books, intent);
  if (!card)
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      "payment_method",
      "parameter_missing",
    );
  const { behaviour } = card;
  if (behaviour.attachDecline && behaviour.chargeDecline) {
    const { code, declineCode } = behaviour.chargeDecline;
    intent.status = "requires_payment_method";
    intent.payment_method = null;
    books.setupIntents.save(intent);
    recordEvent(world, books, "setup_intent.setup_failed", intent, { testClock });
    throw new StripeError(402, declineMessage(code, declineCode), {
      code,
      decline_code: declineCode,
      type: "card_error",
    });
  }
  if (!isAuthenticated && (behaviour.authentication === "always" || behaviour.authentication === "unless-set-up")) {
    intent.status = "requires_action";
    intent.next_action = {
      type: "redirect_to_url",
      redirect_to_url: { return_url: null, url: `${world.origin()}/authenticate/${intent.id}` },
    } as Stripe.SetupIntent.NextAction;
    books.setupIntents.save(intent);
    recordEvent(world, books, "setup_intent.requires_action", intent, { testClock });
    return intent;
  }
  card.isSetUp = true;
  books.cards.save(card);
  intent.status = "succeeded";
  intent.next_action = null;
  const customer = idOf(intent.customer);
  if (customer) attachTo(world, books, card.id, customer, "payment_method");
  books.setupIntents.save(intent);
  recordEvent(world, books, "setup_intent.succeeded", intent, { testClock });
  return intent;
}
