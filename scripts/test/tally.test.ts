import { expect, test } from "vitest";
import { add, afterSecondTry, closing, emptyTally, type Failure, filesToTryAgain, type Tally } from "./tally";

const failure = (name: string, file = "a.test.ts"): Failure => ({ name, file, reason: "expected 1 to be 2" });
const failing = (...failures: Failure[]): Tally => ({
  ...emptyTally(),
  passed: 3,
  failed: failures.length,
  failures,
});

test("the closing line says how many passed and failed, and names skips and failures only where there are any", () => {
  const tally = emptyTally();
  add(tally, { ...emptyTally(), passed: 3 });
  expect(closing(tally)).toBe("3 passed, 0 failed");
  add(tally, {
    ...failing(failure("books")),
    passed: 1,
    skipped: [{ name: "cache on Redis", reason: "redis-server is not installed" }],
  });
  expect(closing(tally).split("\n")).toEqual([
    "skipped: cache on Redis: redis-server is not installed",
    "failed: a.test.ts > books: expected 1 to be 2",
    "4 passed, 1 failed, 1 skipped",
  ]);
});

test("who fails once and passes alone is unsteady and named; who fails twice has failed", () => {
  const first = failing(failure("books"), failure("moves", "b.test.ts"));
  expect(filesToTryAgain(first)).toEqual(["a.test.ts", "b.test.ts"]);
  const after = afterSecondTry(first, failing(failure("moves", "b.test.ts")));
  expect(after).toMatchObject({ passed: 4, failed: 1, failures: [failure("moves", "b.test.ts")] });
  expect(closing(after)).toContain("failed once, passed when tried again: a.test.ts > books: expected 1 to be 2");
});

test("a second try counts only if it ran, and is not given where too much or nobody knows what failed", () => {
  const first = failing(failure("books"));
  expect(afterSecondTry(first, { ...emptyTally(), failed: 1 })).toBe(first);
  expect(afterSecondTry(first, emptyTally())).toBe(first);
  expect(filesToTryAgain({ ...first, failed: 2 })).toEqual([]);
  expect(filesToTryAgain(failing(...[1, 2, 3, 4, 5, 6].map((n) => failure(String(n)))))).toEqual([]);
});
