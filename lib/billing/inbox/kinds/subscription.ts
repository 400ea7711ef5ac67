import { applySubscription } from "../../subscription/apply-subscription";
import { nextReading } from "../../subscription/next-reading";
import { contextOfCustomer, type EventKind, type InboxDeps, type OpenEvent, type Outcome } from "../event";

/** What a member decides meanwhile counts as a later reading: then it is read again. */
const READINGS = 3;

/** Which of a customer's subscriptions counts is asked anew: the event may be about another one. */
export async function refreshSubscription(deps: InboxDeps, event: OpenEvent, customerRef: string): Promise<Outcome> {
  const ctx = await contextOfCustomer(deps, customerRef);
  if (!ctx) return "unknown_customer";
  let { readingNo } = event;
  for (let reading = 1; ; reading++) {
    const subscription = await deps.port.readSubscriptionOf(customerRef);
    if (!subscription) return "not_ours";
    const applied = await applySubscription(ctx, { subscription, readingNo });
    if (applied !== "older" || reading === READINGS) return "applied";
    readingNo = await nextReading(ctx);
  }
}

export const subscriptionEvents: EventKind = {
  kinds: [
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.pending_update_applied",
    "customer.subscription.pending_update_expired",
  ],
  async work(deps, event) {
    const customerRef =
      event.customerRef ?? (await deps.port.readSubscription(event.objectRef ?? ""))?.customerRef ?? null;
    return customerRef === null ? "not_ours" : refreshSubscription(deps, event, customerRef);
  },
};
