import type { StatusKind } from "@/components/ui/status";
import type { Subscription } from "@/lib/billing";

type Subscribed = Pick<Subscription, "status" | "cancelAt" | "periodEndsAt">;

/** A subscription's state as a chip. */
export function subscriptionState({ status, cancelAt, periodEndsAt }: Subscribed, now: Date): [StatusKind, string] {
  switch (status) {
    case "trialing":
      return periodEndsAt > now ? ["progress", "Trial"] : ["attention", "Trial over"];
    case "active":
      return cancelAt ? ["attention", "Cancelled, still running"] : ["done", "Active"];
    case "past_due":
      return ["failed", "Payment failed"];
    case "unpaid":
      return ["failed", "Unpaid"];
    case "paused":
      return ["attention", "Paused"];
    case "incomplete":
      return ["attention", "Payment not finished"];
    case "canceled":
    case "incomplete_expired":
      return ["neutral", "Ended"];
  }
}

/** One at the engine that collects, which can be changed and cancelled. */
export const isRunning = ({ subscriptionRef, status }: Pick<Subscription, "subscriptionRef" | "status">): boolean =>
  subscriptionRef !== null && !["canceled", "incomplete", "incomplete_expired"].includes(status);
