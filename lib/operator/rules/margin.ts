/** Ten thousand millionths of a dollar are a cent. */
const MICROS_IN_A_CENT = 10_000n;

/**
 * What is left of revenue in cents of US dollars after what providers charge, in thousandths of the revenue; undefined where nothing was earned,
 * and in another currency, because nothing here knows a rate.
 */
export function marginPerMille(currency: string, revenueCents: bigint, providerCostMicros: bigint): number | undefined {
  if (currency !== "USD" || revenueCents <= 0n) return undefined;
  const revenueMicros = revenueCents * MICROS_IN_A_CENT;
  return Number(((revenueMicros - providerCostMicros) * 1_000n) / revenueMicros);
}

/** What one who pays, pays a month on average, rounded down to the minor unit; undefined where nobody does. */
export const perPaying = (recurring: bigint, paying: number): bigint | undefined =>
  paying > 0 ? recurring / BigInt(paying) : undefined;
