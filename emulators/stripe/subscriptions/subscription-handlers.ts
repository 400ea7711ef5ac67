import type Stripe from "stripe";
import { type ListParams, listPage, pageOf } from "../answers/list";
import { searchPage } from "../answers/search";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid, missing } from "../errors";
import { finalizeInvoice } from "../invoices/finalize";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf } from "../world";
import { changeSubscription } from "./change";
import { createSubscription } from "./create";
import { endNow } from "./end";
import { beginPaid } from "./moments";
import { planSubscription } from "./plan-moments";

const url = "/v1/subscriptions";
const isOver = ({ status }: Stripe.Subscription) => status === "canceled" || status === "incomplete_expired";

export const subscriptionHandlers: Handlers<
  | "Subscriptions.create"
  | "Subscriptions.retrieve"
  | "Subscriptions.update"
  | "Subscriptions.cancel"
  | "Subscriptions.list"
  | "Subscriptions.search"
  | "Subscriptions.resume"
  | "SubscriptionItems.create"
  | "SubscriptionItems.retrieve"
  | "SubscriptionItems.update"
  | "SubscriptionItems.del"
  | "SubscriptionItems.list"
> = {
  "Subscriptions.create": handler<Stripe.SubscriptionCreateParams>(({ world, books, params }) =>
    createSubscription(world, books, params),
  ),
  "Subscriptions.retrieve": ({ books, ids }) => need(books.subscriptions, ids.id, "subscription"),
  "Subscriptions.update": handler<Stripe.SubscriptionUpdateParams>(({ world, books, params, ids }) =>
    changeSubscription(world, books, need(books.subscriptions, ids.id, "subscription"), params),
  ),
  "Subscriptions.cancel": handler<Stripe.SubscriptionCancelParams>(({ world, books, params, ids }) => {
    const subscription = need(books.subscriptions, ids.id, "subscription");
    if (isOver(subscription)) throw missing("subscription", subscription.id);
    endNow(world, books, subscription, {
      invoiceNow: params.invoice_now ?? false,
      prorate: params.prorate ?? false,
      comment: params.cancellation_details?.comment || null,
      feedback: params.cancellation_details?.feedback || null,
    });
    return subscription;
  }),
  "Subscriptions.list": handler<Stripe.SubscriptionListParams>(({ books, params }) =>
    listPage(books.subscriptions, params, {
      url,
      by: params.customer
        ? ["customer", params.customer]
        : params.test_clock
          ? ["test_clock", params.test_clock]
          : undefined,
      where: (subscription) =>
        (params.status === "all" ||
          (params.status === "ended"
            ? isOver(subscription)
            : params.status
              ? subscription.status === params.status
              : !isOver(subscription))) &&
        (params.price === undefined || subscription.items.data.some(({ price }) => price.id === params.price)) &&
        (params.collection_method === undefined || subscription.collection_method === params.collection_method) &&
        (params.test_clock === undefined || subscription.test_clock === params.test_clock),
    }),
  ),
  "Subscriptions.search": handler<Stripe.SubscriptionSearchParams>(({ books, params }) =>
    searchPage(books.subscriptions, params, `${url}/search`),
  ),
  "Subscriptions.resume": handler<Stripe.SubscriptionResumeParams>(resume),
  "SubscriptionItems.create": handler<Stripe.SubscriptionItemCreateParams>(({ world, books, params }) => {
    const subscription = need(books.subscriptions, params.subscription, "subscription", "subscription");
    const { subscription: _, proration_behavior, proration_date, payment_behavior, expand: _expand, ...item } = params;
    const known = new Set(subscription.items.data.map(({ id }) => id));
    changeSubscription(
      world,
      books,
      subscription,
      changeOf(item, { proration_behavior, proration_date, payment_behavior }),
    );
    return subscription.items.data.find(({ id }) => !known.has(id)) ?? subscription;
  }),
  "SubscriptionItems.retrieve": ({ books, ids }) => findItem(books, ids.id).item,
  "SubscriptionItems.update": handler<Stripe.SubscriptionItemUpdateParams>(({ world, books, params, ids }) => {
    const { subscription, item } = findItem(books, ids.id);
    const { proration_behavior, proration_date, payment_behavior, expand: _, metadata, ...change } = params;
    changeSubscription(
      world,
      books,
      subscription,
      changeOf({ ...change, id: item.id }, { proration_behavior, proration_date, payment_behavior }),
    );
    const changed = findItem(books, item.id).item;
    changed.metadata = mergeMetadata(changed.metadata, metadata);
    books.subscriptions.save(subscription);
    return changed;
  }),
  "SubscriptionItems.del": handler<Stripe.SubscriptionItemDeleteParams>(({ world, books, params, ids }) => {
    const { subscription, item } = findItem(books, ids.id);
    if (subscription.items.data.length === 1)
      throw invalid(
        "A subscription must have at least one active plan or item. To cancel the subscription, delete it.",
      );
    const { proration_behavior, proration_date, payment_behavior } = params;
    changeSubscription(
      world,
      books,
      subscription,
      changeOf({ id: item.id, deleted: true }, { proration_behavior, proration_date, payment_behavior }),
    );
    return { id: item.id, object: "subscription_item", deleted: true };
  }),
  "SubscriptionItems.list": handler<ListParams & { subscription: string }>(({ books, params }) => {
    const subscription = need(books.subscriptions, params.subscription, "subscription", "subscription");
    return pageOf([...subscription.items.data].reverse(), params, "/v1/subscription_items");
  }),
};

type How = Pick<Stripe.SubscriptionUpdateParams, "proration_behavior" | "proration_date" | "payment_behavior">;

function changeOf(item: object, how: { [K in keyof How]: How[K] | undefined }): Stripe.SubscriptionUpdateParams {
  const given = Object.entries(how).filter(([, value]) => value !== undefined);
  return { items: [item as Stripe.SubscriptionUpdateParams.Item], ...Object.fromEntries(given) };
}

function findItem(
  books: Books,
  id: string | undefined,
): { subscription: Stripe.Subscription; item: Stripe.SubscriptionItem } {
  for (const subscription of books.subscriptions.all()) {
    const item = subscription.items.data.find((each) => each.id === id);
    if (item) return { subscription, item };
  }
  throw missing("subscription_item", id ?? "");
}

/** Ends a pause: a period begins now, with its invoice. */
function resume({ world, books, ids }: Call<Stripe.SubscriptionResumeParams>): object {
  const subscription = need(books.subscriptions, ids.id, "subscription");
  if (subscription.status !== "paused")
    throw invalid(
      `You cannot resume a subscription that is ${subscription.status}.`,
      undefined,
      "subscription_not_paused",
    );
  const now = nowOf(world, books, idOf(subscription.test_clock));
  const invoice = beginPaid(world, books, subscription, now, now);
  if (invoice?.status === "draft") finalizeInvoice(world, books, invoice);
  planSubscription(world, books, subscription);
  return subscription;
}
