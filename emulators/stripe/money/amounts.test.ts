import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { anniversary, nextAnniversary } from "../subscriptions/period";
import { nearest, rational, remaining, type TestTier, tiered, times } from "../testing/rational";
import { decimal, priced, prorated, showMoney } from "./amounts";
import { amountOf } from "./price-amount";

const unit = fc
  .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(6, "0")}`);

describe("amounts, against exact fractions", () => {
  it("a quantity times a decimal price is rounded once, halves away from zero", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), unit, (quantity, price) => {
        expect(Number(priced(BigInt(quantity), price))).toBe(nearest(times(rational(quantity), rational(price))));
      }),
    );
    expect([priced(1n, "0.5"), priced(1n, "0.4999"), priced(3n, "0.5"), priced(-1n, "0.5")]).toEqual([1n, 0n, 2n, -1n]);
  });

  it("the rest of a period costs its part, also of large amounts and to the second", () => {
    const seconds = fc.integer({ min: 1, max: 400 * 86_400 });
    fc.assert(
      fc.property(
        fc.integer({ min: -1e11, max: 1e11 }),
        seconds,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amount, whole, share) => {
          const at = Math.floor(whole * share);
          expect(Number(prorated(BigInt(amount), whole - at, whole))).toBe(remaining(amount, at, 0, whole));
        },
      ),
    );
  });

  it("graduated tiers come to the same tier by tier from above", () => {
    const tier = fc.record({
      step: fc.integer({ min: 1, max: 5000 }),
      unit,
      flat: fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(tier, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 40_000 }),
        (steps, quantity) => {
          let upTo = 0;
          const tiers: TestTier[] = steps.map(({ step, unit: each, flat }, index) => {
            upTo += step;
            return {
              upTo: index === steps.length - 1 ? null : upTo,
              unit: each,
              ...(flat === undefined ? {} : { flat }),
            };
          });
          const price = {
            billing_scheme: "tiered",
            tiers_mode: "graduated",
            tiers: tiers.map(({ upTo: last, unit: each, flat }) => ({
              up_to: last,
              unit_amount: null,
              unit_amount_decimal: decimal(each),
              flat_amount: flat ?? null,
              flat_amount_decimal: flat === undefined ? null : decimal(String(flat)),
            })),
          } as unknown as Stripe.Price;
          expect(Number(amountOf(price, BigInt(quantity)))).toBe(tiered(tiers, quantity));
        },
      ),
    );
  });

  it("are shown with as many decimals as their currency has", () => {
    expect([showMoney(9700, "usd"), showMoney(9700, "jpy"), showMoney(1250, "kwd"), showMoney(-5, "inr")]).toEqual([
      "$97.00",
      "¥9,700",
      "KWD 1.250",
      "-₹0.05",
    ]);
  });
});

describe("periods", () => {
  const at = (text: string) => Date.parse(text) / 1000;
  it("end on the day they began, or on a shorter month's last", () => {
    const anchor = at("2027-10-31T10:00:00Z");
    const month = { interval: "month", interval_count: 1 } as const;
    const ends = [1, 2, 3, 4, 5].map((n) => new Date(anniversary(anchor, month, n) * 1000).toISOString().slice(0, 10));
    expect(ends).toEqual(["2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]);
    expect(anniversary(at("2028-02-29T00:00:00Z"), { interval: "year", interval_count: 1 }, 1)).toBe(
      at("2029-02-28T00:00:00Z"),
    );
  });

  it("follow each other without gap or overlap, whatever moment is asked", () => {
    const interval = fc.record({
      interval: fc.constantFrom("day", "week", "month", "year"),
      interval_count: fc.integer({ min: 1, max: 3 }),
    });
    const anchorAt = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") });
    fc.assert(
      fc.property(interval, anchorAt, fc.integer({ min: 0, max: 5 * 366 * 86_400 }), (each, anchor, later) => {
        const end = nextAnniversary(anchor, each, anchor + later);
        expect(end).toBeGreaterThan(anchor + later);
        let n = 1;
        while (anniversary(anchor, each, n) <= anchor + later) n += 1;
        expect(end).toBe(anniversary(anchor, each, n));
      }),
      { numRuns: 60 },
    );
  });
});
