import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import type { Logger } from "@/lib/platform/logger";
import { type Limit, MemoryRateLimiter, type RateLimiter } from "@/lib/platform/rate-limit";
import type { UpstashConfig } from "./kv";

/** Whoever is being counted waits meanwhile. */
const PATIENCE_MS = 1_000;
/** After a failure nobody else is made to wait for the cache for this long. */
const APART_MS = 10_000;

/**
 * Shared by all instances. While the cache cannot be reached each instance counts for itself: neither nobody nor everybody gets in.
 */
export function upstashRateLimiter(config: UpstashConfig, log: Logger): RateLimiter {
  const redis = new Redis({
    ...config,
    enableTelemetry: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(PATIENCE_MS),
  });
  const fallback = new MemoryRateLimiter();
  let apartUntil = 0;
  const limiters = new Map<string, Ratelimit>();
  const limiterFor = ({ limit, windowSeconds }: Limit): Ratelimit => {
    const id = `${limit}|${windowSeconds}`;
    const limiter =
      limiters.get(id) ??
      new Ratelimit({
        redis,
        limiter: Ratelimit.slidingWindow(limit, `${windowSeconds} s`),
        prefix: `limit:${id}`,
        ephemeralCache: false,
        timeout: 0,
      });
    limiters.set(id, limiter);
    return limiter;
  };
  return {
    async limit(key, limit) {
      if (performance.now() < apartUntil) return fallback.limit(key, limit);
      try {
        const outcome = await limiterFor(limit).limit(key);
        const resetSeconds = Math.max(1, Math.ceil((outcome.reset - Date.now()) / 1000));
        return {
          allowed: outcome.success,
          remaining: Math.max(0, outcome.remaining),
          retryAfterSeconds: outcome.success ? 0 : resetSeconds,
          resetSeconds,
        };
      } catch (error) {
        apartUntil = performance.now() + APART_MS;
        log.warn({ err: error }, "rate limits fall back to this process");
        return fallback.limit(key, limit);
      }
    },
  };
}
