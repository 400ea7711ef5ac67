import fc from "fast-check";
import { expect, it } from "vitest";
import { isFree, mergeBusy } from "./busy";

const pair = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: -3, max: 40 }))
  .map(([start, length]): [number, number] => [start, start + length]);

it("joins pairs in any order into sorted ones without overlaps that occupy the same time", () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
      const merged = mergeBusy(pairs);
      for (let i = 1; i < merged.length; i++) expect(merged[i]).toBeGreaterThan(merged[i - 1] ?? -1);
      for (let t = 0; t < 345; t++) {
        const isBusy = pairs.some(([start, end]) => start < end && start <= t && t < end);
        expect([t, isFree(merged, t, t + 1)]).toEqual([t, !isBusy]);
      }
    }),
  );
});
