export { enforceLimit } from "./enforce-limit";
export { MemoryRateLimiter } from "./memory-rate-limiter";
export type { Limit, LimitOutcome, RateLimiter } from "./types";
