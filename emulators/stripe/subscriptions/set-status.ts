import type Stripe from "stripe";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import type { World } from "../world";

export function setStatus(
  world: World,
  books: Books,
  subscription: Stripe.Subscription,
  status: Stripe.Subscription.Status,
): void {
  if (subscription.status === status) return;
  const previous = { status: subscription.status };
  subscription.status = status;
  books.subscriptions.save(subscription);
  recordEvent(world, books, "customer.subscription.updated", subscription, {
    previous,
    testClock: idOf(subscription.test_clock),
  });
}
