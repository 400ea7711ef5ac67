import type Stripe from "stripe";
import type { Books } from "../state/books";
import { newId } from "../state/ids";
import { nowOf, type World } from "../world";

export const apiVersion = "2026-10-28.endive";

type EventObject = { object: string; id?: string | undefined };

/** Where an object is fetched from, by its type. */
const paths: Record<string, string> = {
  account: "/v1/accounts",
  "billing.meter": "/v1/billing/meters",
  "billing_portal.configuration": "/v1/billing_portal/configurations",
  "billing_portal.session": "/v1/billing_portal/sessions",
  charge: "/v1/charges",
  "checkout.session": "/v1/checkout/sessions",
  credit_note: "/v1/credit_notes",
  customer: "/v1/customers",
  dispute: "/v1/disputes",
  invoice: "/v1/invoices",
  invoice_payment: "/v1/invoice_payments",
  invoiceitem: "/v1/invoiceitems",
  payment_intent: "/v1/payment_intents",
  payment_method: "/v1/payment_methods",
  price: "/v1/prices",
  product: "/v1/products",
  refund: "/v1/refunds",
  setup_intent: "/v1/setup_intents",
  subscription: "/v1/subscriptions",
  "test_helpers.test_clock": "/v1/test_helpers/test_clocks",
};

/** Records what happened to an object, once as a full event and once as a thin one, and has both delivered. */
export function recordEvent(
  world: World,
  books: Books,
  type: Stripe.Event.Type | (string & {}),
  object: EventObject & object,
  options: { previous?: object; testClock?: string | null | undefined; at?: number } = {},
): void {
  const created = options.at ?? nowOf(world, books, options.testClock);
  const account = books.account === world.platform ? {} : { account: books.account };
  const cause = world.cause;
  const id = newId("evt");
  const full = {
    id,
    object: "event",
    ...account,
    api_version: apiVersion,
    created,
    data: { object, ...(options.previous ? { previous_attributes: options.previous } : {}) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause?.requestId ?? null, idempotency_key: cause?.idempotencyKey ?? null },
    type,
  };
  const objectId = object.id ?? null;
  books.events.save({ id, type, created, objectId, isThin: false, text: JSON.stringify(full) });
  world.onEvent(books, id);
  const path = paths[object.object];
  recordThinEvent(world, books, `v1.${type}`, {
    created,
    related: objectId && path ? { id: objectId, type: object.object, url: `${path}/${objectId}` } : null,
  });
}

/** Records a thin event; its `data` is told only to who fetches it. */
export function recordThinEvent(
  world: World,
  books: Books,
  type: string,
  event: { created: number; related: { id: string; type: string; url: string } | null; data?: object },
): void {
  const cause = world.cause;
  const id = newId("evt_test");
  const request = cause && { type: "request", request: { id: cause.requestId, idempotency_key: cause.idempotencyKey } };
  const value = {
    id,
    object: "v2.core.event",
    ...(books.account === world.platform ? {} : { context: books.account }),
    created: new Date(event.created * 1000).toISOString(),
    livemode: false,
    ...(request ? { reason: request } : {}),
    ...(event.related ? { related_object: event.related } : {}),
    type,
    ...(event.data ? { data: event.data } : {}),
  };
  books.events.save({
    id,
    type,
    created: event.created,
    objectId: event.related?.id ?? null,
    isThin: true,
    text: JSON.stringify(value),
  });
  world.onEvent(books, id);
}
