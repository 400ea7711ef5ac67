import type Stripe from "stripe";
import { jobOrder, schedule } from "../clock/run-jobs";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import type { World } from "../world";
import { periodOf } from "./parts";

const noticeBefore = 3 * 86_400;
const incompleteFor = 23 * 3600;
const isOver = (status: string) => status === "canceled" || status === "incomplete_expired";

/** Plans the subscription's next moment; whatever changes it plans again, and moments that no longer hold are passed over. */
export function planSubscription(world: World, books: Books, subscription: Stripe.Subscription): void {
  const at = nextMoment(books, subscription);
  if (at === undefined) return;
  schedule(world, books, idOf(subscription.test_clock), {
    at,
    order: jobOrder.subscription,
    run: () => {
      if (books.subscriptions.get(subscription.id) !== subscription || nextMoment(books, subscription) !== at) return;
      world.due.subscription(books, subscription, at);
      planSubscription(world, books, subscription);
    },
  });
}

function nextMoment(books: Books, subscription: Stripe.Subscription): number | undefined {
  const { status } = subscription;
  if (isOver(status)) return undefined;
  if (status === "incomplete") return subscription.created + incompleteFor;
  const moments = [subscription.pending_update?.expires_at, subscription.cancel_at ?? undefined];
  if (status !== "paused") moments.push(periodOf(subscription).end);
  if (subscription.pause_collection?.resumes_at) moments.push(subscription.pause_collection.resumes_at);
  if (status === "trialing" && subscription.trial_end) {
    const told = books.subscriptionNotes.get(subscription.id)?.trialNoticeAt;
    if (told !== subscription.trial_end)
      moments.push(Math.max(subscription.trial_end - noticeBefore, subscription.trial_start ?? 0));
  }
  const known = moments.filter((moment) => moment !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
