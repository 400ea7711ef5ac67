import { AppError } from "../errors";
import type { Limit, RateLimiter } from "./types";

/**
 * Throws `rate_limited` (HTTP 429 with Retry-After and RateLimit headers) when the key has used up its attempts. What stands before the key's
 * first colon is the limit's name.
 */
export async function enforceLimit(limiter: RateLimiter, key: string, limit: Limit): Promise<void> {
  const outcome = await limiter.limit(key, limit);
  if (outcome.allowed) return;
  const { retryAfterSeconds } = outcome;
  const [policy = key] = key.split(":");
  throw new AppError("rate_limited", `Too many attempts. Try again in ${sayWait(retryAfterSeconds)}.`, {
    retryAfterSeconds,
    rateLimit: { ...limit, ...outcome, policy },
  });
}

/** "12 seconds", "3 minutes". */
export const sayWait = (seconds: number): string => {
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
};
