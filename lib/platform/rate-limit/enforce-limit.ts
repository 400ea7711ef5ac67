import { AppError } from "../errors";
import type { Limit, RateLimiter } from "./types";

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
