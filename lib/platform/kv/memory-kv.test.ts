import { afterEach, expect, test, vi } from "vitest";
import { MemoryKv } from ".";

afterEach(() => {
  vi.useRealTimers();
});

test("entries live as long as asked, whoever sets the system's clock", async () => {
  const kv = new MemoryKv();
  await kv.set("turn", "1", { ttlSeconds: 0.05 });
  await kv.set("code", "1", { ttlSeconds: 600 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await kv.set("turn", "1", { ttlSeconds: 1, onlyIfAbsent: true })).toBe(true);
  vi.setSystemTime(Date.now() + 7_200_000);
  expect(await kv.get("code")).toBe("1");
});

test("entries live as long as asked", async () => {
  let now = 0;
  const kv = new MemoryKv({ now: () => now });
  await kv.set("a", "1", { ttlSeconds: 10 });
  now = 9_999;
  expect(await kv.get("a")).toBe("1");
  now = 10_000;
  expect(await kv.get("a")).toBeUndefined();
});

test("only the first of two takes a key that must be absent, until it is gone", async () => {
  let now = 0;
  const kv = new MemoryKv({ now: () => now });
  const take = () => kv.set("lock", "x", { ttlSeconds: 1, onlyIfAbsent: true });
  expect([await take(), await take()]).toEqual([true, false]);
  now = 1_000;
  expect(await take()).toBe(true);
  await kv.del("lock");
  expect(await take()).toBe(true);
});

test("counting starts its time with the first and does not extend it", async () => {
  let now = 0;
  const kv = new MemoryKv({ now: () => now });
  expect(await kv.incr("n", { ttlSeconds: 10 })).toBe(1);
  now = 9_000;
  expect(await kv.incr("n", { ttlSeconds: 10 })).toBe(2);
  now = 10_000;
  expect(await kv.incr("n", { ttlSeconds: 10 })).toBe(1);
});

test("memory is bounded: the oldest entry makes room", async () => {
  const kv = new MemoryKv({ maxEntries: 100 });
  for (let i = 0; i < 1_000; i++) await kv.set(`k${i}`, "v", { ttlSeconds: 60 });
  expect(await kv.get("k899")).toBeUndefined();
  expect(await kv.get("k900")).toBe("v");
  expect(await kv.get("k999")).toBe("v");
});
