import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import Stripe from "stripe";
import { sha256Hex } from "@/lib/platform/crypto";
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
/** Failures of one cause in a day that are gone past. */
const MOST_KEPT = 5;

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

/**
 * A request under a key, so that repeating it is the same request. Stripe repeats for a day what a key was answered, its own failures too: after
 * one of those `find` looks for what there may be all the same, and the next key is made of the failure, the same one for all who meet it.
 */
export async function underKey<T>(
  key: string,
  request: (options: Stripe.RequestOptions) => Promise<T>,
  find: () => Promise<T | undefined> = async () => undefined,
): Promise<T> {
  let idempotencyKey = key;
  for (let kept = 0; ; kept++) {
    try {
      return await request({ idempotencyKey });
    } catch (error) {
      const failed = error instanceof Stripe.errors.StripeError ? keptFailure(error) : undefined;
      if (failed === undefined || kept === MOST_KEPT) throw error;
      const there = await find();
      if (there) return there;
      idempotencyKey = `caly-${sha256Hex(`${idempotencyKey} ${failed}`).slice(0, 48)}`;
    }
  }
}

/** Names the request whose failure is repeated; undefined: it is not an old one. */
function keptFailure({
  type,
  statusCode,
  headers,
}: InstanceType<typeof Stripe.errors.StripeError>): string | undefined {
  if (type === "StripeIdempotencyError" && statusCode === 400) return "another request";
  const isRepeated = headers?.["idempotent-replayed"] === "true" && (statusCode ?? 0) >= 500;
  return isRepeated ? headers?.["original-request"] : undefined;
}
