import fc from "fast-check";
import { expect, it } from "vitest";
import { civilOf, dayOf, isoOf, mondayOf, parseIsoDay, weekdayOf } from "./civil";

it("agrees with the platform's calendar on every date", () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
      const date = new Date(day * 86_400_000);
      const { year, month, dayOfMonth } = civilOf(day);
      expect([year, month, dayOfMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      expect(dayOf(year, month, dayOfMonth)).toBe(day);
      expect(weekdayOf(day)).toBe(date.getUTCDay());
      expect(weekdayOf(mondayOf(day))).toBe(1);
    }),
  );
});

it("accepts only dates that exist", () => {
  expect(isoOf(parseIsoDay("2028-02-29") ?? 0)).toBe("2028-02-29");
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "tomorrow", ""])
    expect(parseIsoDay(text)).toBeUndefined();
});
