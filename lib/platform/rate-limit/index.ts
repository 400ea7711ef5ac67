import { AppError } from "../errors";

export { MemoryRateLimiter } from "./memory-rate-limiter";

export type Limit = { limit: number; windowSeconds: number };
export type LimitOutcome = { allowed: boolean; remaining: number; retryAfterSeconds: number };

/** Counts attempts per key in a sliding window; every call is an attempt. */
export interface RateLimiter {
  limit(key: string, limit: Limit): Promise<LimitOutcome>;
}

/** Throws `rate_limited` (HTTP 429 with Retry-After) when the key has used up its attempts. */
export async function enforceLimit(limiter: RateLimiter, key: string, limit: Limit): Promise<void> {
  const outcome = await limiter.limit(key, limit);
  if (outcome.allowed) return;
  const { retryAfterSeconds } = outcome;
  throw new AppError("rate_limited", `Too many attempts. Try again in ${phrase(retryAfterSeconds)}.`, {
    retryAfterSeconds,
  });
}

const phrase = (seconds: number): string => {
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
};
