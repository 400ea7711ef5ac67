export type Limit = { limit: number; windowSeconds: number };
export type LimitOutcome = { allowed: boolean; remaining: number; retryAfterSeconds: number };

/** Counts attempts per key in a sliding window; every call is an attempt. */
export interface RateLimiter {
  limit(key: string, limit: Limit): Promise<LimitOutcome>;
}
