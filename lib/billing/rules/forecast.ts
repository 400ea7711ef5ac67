/** Fewer days say nothing about a period. */
export const FORECAST_FROM_DAYS = 3;
/** Four times out of five a normally distributed value lies within this many hundredths of its deviation. */
const FOUR_IN_FIVE = 128;

export type Forecast = { expected: number; low: number; high: number };

/**
 * Minutes used by the end of a period. `days` are those of whole days that are over, the more recent the better; `daysLeft` may be a fraction.
 * Between `low` and `high` it ends four times out of five, if days to come are like them and independent of each other: the deviation of so
 * many days, and of their mean, which is known from few. undefined before three days are over.
 */
export function forecastMinutes(used: number, days: readonly number[], daysLeft: number): Forecast | undefined {
  if (days.length < FORECAST_FROM_DAYS) return undefined;
  const left = Math.max(0, daysLeft);
  const mean = days.reduce((sum, day) => sum + day, 0) / days.length;
  const variance = days.reduce((sum, day) => sum + (day - mean) ** 2, 0) / (days.length - 1);
  const spread = (FOUR_IN_FIVE * Math.sqrt(variance * (left + left ** 2 / days.length))) / 100;
  const expected = used + mean * left;
  return {
    expected: Math.round(expected),
    low: Math.round(Math.max(used, expected - spread)),
    high: Math.round(expected + spread),
  };
}
