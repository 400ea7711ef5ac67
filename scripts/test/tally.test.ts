import { expect, test } from "vitest";
import { add, closing, emptyTally } from "./tally";

test("the closing line says how many passed and failed, and names skips only where there are any", () => {
  const tally = emptyTally();
  add(tally, { passed: 3, failed: 0, skipped: [] });
  expect(closing(tally)).toBe("3 passed, 0 failed");
  add(tally, { passed: 1, failed: 2, skipped: [{ name: "cache on Redis", reason: "redis-server is not installed" }] });
  expect(closing(tally)).toBe("skipped: cache on Redis: redis-server is not installed\n4 passed, 2 failed, 1 skipped");
});
