import { expect, test } from "vitest";
import { firstOfMonth, weeksOfMonth } from "./weeks-of-month";

test("a month is whole weeks from Monday, its own days once each", () => {
  const weeks = weeksOfMonth("2026-11-20");
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([...Array(6).fill(undefined), "2026-11-01"]);
  expect(weeks.flat().filter(Boolean)).toHaveLength(30);
  expect(weeks.at(-1)?.[0]).toBe("2026-11-30");
  expect([firstOfMonth("2026-12-31", 1), firstOfMonth("2027-01-31", -1), firstOfMonth("2026-11-20")]).toEqual([
    "2027-01-01",
    "2026-12-01",
    "2026-11-01",
  ]);
});
