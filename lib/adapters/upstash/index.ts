export { upstashKv } from "./kv";
export { upstashRateLimiter } from "./rate-limiter";
