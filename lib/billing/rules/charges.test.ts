import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chargeFor, costOfFirst, divide } from "./charges";

const starter = { price: 9_700n, included: 300, perMinute: 25n };

describe("what minutes cost", () => {
  it("is nothing beyond the plan up to what it includes, then each minute's price", () => {
    expect([0, 299, 300, 301, 340].map((minutes) => chargeFor(minutes, starter))).toEqual([0n, 0n, 0n, 25n, 1_000n]);
  });

  it("bears the plan's price by the time all of it is used, neither more nor less", () => {
    expect(costOfFirst(150, starter)).toBe(4_850n);
    expect(costOfFirst(300, starter)).toBe(9_700n);
    expect(costOfFirst(302, starter)).toBe(9_750n);
    expect(costOfFirst(5, { price: 0n, included: 0, perMinute: 25n })).toBe(125n);
  });

  it("divides an amount without losing or inventing a cent", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 }),
        (amount, minutes) => {
          const parts = divide(amount, minutes);
          const isNothing = minutes.every((each) => each === 0);
          expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(isNothing ? 0n : amount);
          expect(parts.every((part) => part >= 0n)).toBe(true);
        },
      ),
    );
  });
});
