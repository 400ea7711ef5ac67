import { type Minor, minor, share } from "../../ledger/rules/money";

/** What a period's minutes cost, in the currency's minor unit: `price` buys `included` of them, each one more is `perMinute`. */
export type MinuteTerms = { price: bigint; included: number; perMinute: bigint };

/** What `minutes` of a period add to the price of the plan. */
export function chargeFor(minutes: number, { included, perMinute }: MinuteTerms): Minor {
  return minor(BigInt(Math.max(0, minutes - included)) * perMinute);
}

/**
 * What the first `minutes` of a period cost where each one within the plan bears its share of the plan's price. All that is included bears
 * exactly the price; differences between two counts add up without a cent lost.
 */
export function costOfFirst(minutes: number, terms: MinuteTerms): Minor {
  const within = BigInt(Math.min(minutes, terms.included));
  const ofPlan = terms.included === 0 ? 0n : share(terms.price, within, BigInt(terms.included));
  return minor(ofPlan + chargeFor(minutes, terms));
}

/** The parts of `amount` that fall to counts of minutes, in their order; they add up to it exactly. */
export function divide(amount: bigint, minutes: readonly number[]): Minor[] {
  const all = BigInt(minutes.reduce((sum, each) => sum + each, 0));
  let before = 0n;
  return minutes.map((each) => {
    const upTo = before + BigInt(each);
    const part = all === 0n ? 0n : share(amount, upTo, all) - share(amount, before, all);
    before = upTo;
    return minor(part);
  });
}
