export type Limit = { limit: number; windowSeconds: number };
/** `resetSeconds`: in how long attempts begin to be forgotten; at least one second. */
export type LimitOutcome = { allowed: boolean; remaining: number; retryAfterSeconds: number; resetSeconds: number };

/** What an answer tells in its RateLimit headers; `policy` is the limit's name. */
export type RateLimitState = Limit & Pick<LimitOutcome, "remaining" | "resetSeconds"> & { policy: string };

/** Counts attempts per key in a sliding window; every call is an attempt. */
export interface RateLimiter {
  limit(key: string, limit: Limit): Promise<LimitOutcome>;
}
