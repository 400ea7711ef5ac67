/** A second way to count: exact fractions, rounded once at the end. Shares nothing with `emulators/stripe/money`. */
export type Rational = readonly [bigint, bigint];

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const reduce = ([n, d]: Rational): Rational => {
  const by = gcd(n, d);
  return by === 0n ? [0n, 1n] : [n / by, d / by];
};
export const rational = (text: string | number | bigint): Rational => {
  const [whole = "0", part = ""] = String(text).split(".");
  return reduce([BigInt(whole + part), 10n ** BigInt(part.length)]);
};
export const times = ([a, b]: Rational, [c, d]: Rational): Rational => reduce([a * c, b * d]);
export const over = ([a, b]: Rational, [c, d]: Rational): Rational =>
  reduce(c < 0n ? [-a * d, -b * c] : [a * d, b * c]);
export const plus = ([a, b]: Rational, [c, d]: Rational): Rational => reduce([a * d + c * b, b * d]);

/** To a whole number, halves away from zero: floor(|x| + 1/2) with the sign given back. */
export function nearest(value: Rational): number {
  const [n, d] = plus(value[0] < 0n ? [-value[0], value[1]] : value, [1n, 2n]);
  return Number(value[0] < 0n ? -(n / d) : n / d);
}

export interface TestTier {
  upTo: number | null;
  unit: string;
  flat?: number;
}

/** Tier by tier from the top down, each rounded by itself. */
export function tiered(tiers: TestTier[], quantity: number): number {
  let total = 0;
  for (let index = tiers.length - 1; index >= 0; index--) {
    const below = index === 0 ? 0 : (tiers[index - 1]?.upTo ?? 0);
    const tier = tiers[index];
    if (!tier || (quantity <= below && index > 0)) continue;
    const inTier = Math.max(0, Math.min(quantity, tier.upTo ?? quantity) - below);
    total += nearest(times(rational(inTier), rational(tier.unit)));
    if (inTier > 0) total += tier.flat ?? 0;
  }
  return total;
}

/** The part of a price that the seconds from `at` to the period's end are worth. */
export const remaining = (amount: number, at: number, start: number, end: number): number =>
  nearest(times(rational(amount), over(rational(end - at), rational(end - start))));
