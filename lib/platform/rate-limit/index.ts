export { enforceLimit, sayWait } from "./enforce-limit";
export { MemoryRateLimiter } from "./memory-rate-limiter";
export { rateLimitHeaders } from "./rate-limit-headers";
export type { Limit, LimitOutcome, RateLimiter, RateLimitState } from "./types";
