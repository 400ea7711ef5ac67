import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "@/lib/platform/logger";
import { redisUnavailable, startUpstashFront, type UpstashFront } from "@/tests/upstash-front";
import { upstashKv, upstashRateLimiter } from ".";

const unavailable = redisUnavailable();
const silent = createLogger({ level: "silent" });

describe.skipIf(unavailable)("Upstash's clients on a real Redis", () => {
  let front: UpstashFront;
  beforeAll(async () => {
    front = await startUpstashFront();
  });
  afterAll(() => front?.close());

  test("keep text as it is, even where it looks like JSON", async () => {
    const kv = upstashKv(front);
    for (const value of ["plain", '{"a":1}', "42", "", "OK", "ünïcode 😀"]) {
      expect(await kv.set("text", value, { ttlSeconds: 60 })).toBe(true);
      expect(await kv.get("text")).toBe(value);
    }
    await kv.del("text");
    expect(await kv.get("text")).toBeUndefined();
  });

  test("let one of twenty take a key that must be absent, and forget it in time", async () => {
    const kv = upstashKv(front);
    const take = (key: string, ttlSeconds: number) => kv.set(key, "x", { ttlSeconds, onlyIfAbsent: true });
    const taken = await Promise.all(Array.from({ length: 20 }, () => take("lock", 60)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await take("short", 1)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await take("short", 1)).toBe(true);
  });

  test("count every increment, in a time that starts with the first", async () => {
    const kv = upstashKv(front);
    const counts = await Promise.all(Array.from({ length: 10 }, () => kv.incr("count", { ttlSeconds: 60 })));
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await kv.incr("short count", { ttlSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await kv.incr("short count", { ttlSeconds: 1 })).toBe(1);
  });

  test("let exactly five of twenty simultaneous attempts through, over two servers", async () => {
    const limiters = [upstashRateLimiter(front, silent), upstashRateLimiter(front, silent)];
    const attempts = Array.from({ length: 20 }, (_, i) =>
      limiters[i % 2]?.limit("key", { limit: 5, windowSeconds: 60 }),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome?.allowed)).toHaveLength(5);
    const refused = outcomes.find((outcome) => !outcome?.allowed);
    expect(refused?.remaining).toBe(0);
    expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test("a wrong token is an error, not an empty cache", async () => {
    await expect(upstashKv({ url: front.url, token: "wrong" }).get("text")).rejects.toThrow();
  });
});

test("while the cache cannot be reached, limits still hold within a server", async () => {
  const limiter = upstashRateLimiter({ url: "http://127.0.0.1:9", token: "t" }, silent);
  const outcomes = [];
  for (let i = 0; i < 4; i++) outcomes.push(await limiter.limit("key", { limit: 2, windowSeconds: 60 }));
  expect(outcomes.map((outcome) => outcome.allowed)).toEqual([true, true, false, false]);
});

test("a cache that does not answer makes one wait, and briefly", async () => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { port } = mute.address() as AddressInfo;
  const limiter = upstashRateLimiter({ url: `http://127.0.0.1:${port}`, token: "t" }, silent);
  const startedAt = performance.now();
  // Each waiting its second would be five.
  for (let i = 0; i < 5; i++) await limiter.limit("key", { limit: 9, windowSeconds: 60 });
  expect(performance.now() - startedAt).toBeLessThan(4_500);
  mute.closeAllConnections();
  mute.close();
});
