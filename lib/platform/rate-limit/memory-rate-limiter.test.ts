import { afterEach, expect, test, vi } from "vitest";
import { enforceLimit, MemoryRateLimiter } from ".";

const fiveInTen = { limit: 5, windowSeconds: 10 };

afterEach(() => {
  vi.useRealTimers();
});

test("neither locks anybody out nor lets anybody in when the system's clock is set", async () => {
  const limiter = new MemoryRateLimiter();
  const once = () => limiter.limit("a", { limit: 1, windowSeconds: 0.05 });
  const onceAnHour = () => limiter.limit("b", { limit: 1, windowSeconds: 3_600 });
  await Promise.all([once(), onceAnHour()]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect((await once()).allowed).toBe(true);
  vi.setSystemTime(Date.now() + 7_200_000);
  expect((await onceAnHour()).allowed).toBe(false);
});

test("lets five of seven through and says when to come back", async () => {
  let now = 0;
  const limiter = new MemoryRateLimiter({ now: () => now });
  const outcomes = [];
  for (let i = 0; i < 7; i++) {
    outcomes.push(await limiter.limit("a", fiveInTen));
    now += 1_000;
  }
  expect(outcomes.map((o) => o.allowed)).toEqual([true, true, true, true, true, false, false]);
  expect(outcomes.map((o) => o.remaining)).toEqual([4, 3, 2, 1, 0, 0, 0]);
  expect(outcomes[5]?.retryAfterSeconds).toBe(5);
  now = 10_001;
  expect((await limiter.limit("a", fiveInTen)).allowed).toBe(true);
});

test("never says to wait for longer than its window, at whatever fraction of a millisecond it is asked", async () => {
  let now = 0;
  const limiter = new MemoryRateLimiter({ now: () => now });
  for (let n = 1; n <= 500; n++) {
    now = n * 61_234.567_89;
    expect((await limiter.limit("a", { limit: 1, windowSeconds: 60 })).resetSeconds).toBe(60);
  }
});

test("in no window of the given length are there more than the limit", async () => {
  let now = 0;
  const limiter = new MemoryRateLimiter({ now: () => now });
  const allowed: number[] = [];
  for (; now < 60_000; now += 137) if ((await limiter.limit("a", fiveInTen)).allowed) allowed.push(now);
  for (const start of allowed)
    expect(allowed.filter((at) => at >= start && at < start + 10_000).length).toBeLessThanOrEqual(5);
  expect(allowed.length).toBeGreaterThan(25);
});

test("keys and limits count apart", async () => {
  const limiter = new MemoryRateLimiter();
  const one = { limit: 1, windowSeconds: 60 };
  expect((await limiter.limit("a", one)).allowed).toBe(true);
  expect((await limiter.limit("b", one)).allowed).toBe(true);
  expect((await limiter.limit("a", fiveInTen)).allowed).toBe(true);
  expect((await limiter.limit("a", one)).allowed).toBe(false);
});

test("enforcing throws what becomes a 429 with its waiting time", async () => {
  const limiter = new MemoryRateLimiter();
  const one = { limit: 1, windowSeconds: 600 };
  await enforceLimit(limiter, "a", one);
  await expect(enforceLimit(limiter, "a", one)).rejects.toMatchObject({
    code: "rate_limited",
    message: "Too many attempts. Try again in 10 minutes.",
    options: { retryAfterSeconds: 600 },
  });
});
