import type { Limit, LimitOutcome, RateLimiter } from "./types";

const DEFAULT_MAX_KEYS = 50_000;

/**
 * Remembers the instants of the attempts that were allowed, in this process alone. When full, the key used longest ago makes room.
 * Counted by a clock that nobody can set.
 */
export class MemoryRateLimiter implements RateLimiter {
  private readonly attempts = new Map<string, number[]>();

  constructor(private readonly options: { maxKeys?: number; now?: () => number } = {}) {}

  async limit(key: string, { limit, windowSeconds }: Limit): Promise<LimitOutcome> {
    const now = this.options.now?.() ?? performance.now();
    const windowMs = windowSeconds * 1000;
    const id = `${key}|${limit}|${windowSeconds}`;
    const recent = (this.attempts.get(id) ?? []).filter((at) => at > now - windowMs);
    const allowed = recent.length < limit;
    if (allowed) recent.push(now);
    this.remember(id, recent);
    const oldest = recent[0] ?? now;
    const resetSeconds = Math.max(1, Math.ceil((windowMs - (now - oldest)) / 1000));
    return {
      allowed,
      remaining: Math.max(0, limit - recent.length),
      retryAfterSeconds: allowed ? 0 : resetSeconds,
      resetSeconds,
    };
  }

  private remember(id: string, recent: number[]): void {
    this.attempts.delete(id);
    const maxKeys = this.options.maxKeys ?? DEFAULT_MAX_KEYS;
    for (const oldest of this.attempts.keys()) {
      if (this.attempts.size < maxKeys) break;
      this.attempts.delete(oldest);
    }
    this.attempts.set(id, recent);
  }
}
