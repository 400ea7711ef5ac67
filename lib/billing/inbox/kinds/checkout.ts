import type { EventKind } from "../event";
import { refreshSubscription } from "./subscription";

export const checkoutEvents: EventKind = {
  kinds: [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
  ],
  async work(deps, event) {
    const checkout = event.customerRef ? undefined : await deps.port.readCheckout(event.objectRef ?? "");
    const customerRef = event.customerRef ?? checkout?.customerRef;
    if (!customerRef) return checkout ? "ignored" : "gone";
    const outcome = await refreshSubscription(deps, event, customerRef);
    // Who went away from the page has subscribed to nothing.
    return outcome === "not_ours" && event.kind !== "checkout.session.completed" ? "ignored" : outcome;
  },
};
