import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import Stripe from "stripe";
import { AppError } from "@/lib/platform/errors";
import { singleton } from "@/lib/platform/singleton";

/** Pinned together with the SDK: its types describe this version and no other. */
export const API_VERSION = "2026-10-28.endive";

export type StripeConfig = {
  secretKey: string;
  /** Another host than Stripe's: the emulator. */
  baseUrl?: string | undefined;
};

const TIMEOUT_MS = 15_000;

/** An answer that says no is an answer; only what says nothing counts towards giving up for a while. */
const isOutage = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  (error instanceof Stripe.errors.StripeAPIError && (error.statusCode ?? 500) >= 500);

const breaker = () =>
  singleton("stripe-breaker", () =>
    circuitBreaker(handleWhen(isOutage), { halfOpenAfter: 15_000, breaker: new ConsecutiveBreaker(5) }),
  );

/**
 * Stripe's SDK at our version, and a way to ask it that gives up quickly while Stripe does not answer (five times in a row: for 15 s).
 * The SDK repeats a request twice, under the same idempotency key. An outage is `unavailable`; what Stripe says no to is its own error.
 */
export function stripeClient({ secretKey, baseUrl }: StripeConfig) {
  const url = baseUrl ? new URL(baseUrl) : undefined;
  const stripe = new Stripe(secretKey, {
    apiVersion: API_VERSION,
    telemetry: false,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    ...(url ? { host: url.hostname, port: url.port, protocol: url.protocol === "https:" ? "https" : "http" } : {}),
  });
  const ask = async <T>(request: (stripe: Stripe) => Promise<T>): Promise<T> => {
    try {
      return await breaker().execute(() => request(stripe));
    } catch (error) {
      if (error instanceof BrokenCircuitError || isOutage(error))
        throw new AppError("unavailable", "Stripe does not answer just now.", { cause: error });
      throw error;
    }
  };
  return { stripe, ask };
}
