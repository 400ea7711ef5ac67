import { findPlan, type PlanCurrency } from "../../plans/rules/catalog";

/** A line of an invoice that is for a plan: for a whole period, or for the rest of one after a change. */
export type PlanLine = {
  orgId: string;
  currency: string;
  plan: string | null;
  planVersion: number | null;
  amount: bigint;
  from: Date;
  to: Date;
  issuedAt: Date;
};

const YEAR_MS = 365 * 86_400_000;

/**
 * What a line is worth a month, in its currency's minor unit: its plan's price, or a twelfth of the year's. Which of the two it was charged by is
 * told by which of them, over the line's time, comes nearer to its amount (a year costs ten months). What is given back is worth nothing.
 */
export function monthlyWorth(line: PlanLine): bigint {
  const { plan, planVersion, amount, currency } = line;
  const found = plan !== null && planVersion !== null ? findPlan(plan, planVersion) : undefined;
  const prices = found?.prices[currency as PlanCurrency];
  if (!prices || amount <= 0n) return 0n;
  const ms = BigInt(line.to.getTime() - line.from.getTime());
  const aYear = amount * BigInt(YEAR_MS);
  const off = (perYear: bigint) => {
    const difference = aYear - perYear * ms;
    return difference < 0n ? -difference : difference;
  };
  return off(prices.year) < off(prices.month * 12n) ? (prices.year + 6n) / 12n : prices.month;
}

/** What an organisation paid for a month at an instant: the worth of the line, issued last, in whose time it lies. */
export function worthAt(lines: readonly PlanLine[], at: Date): bigint {
  let latest: PlanLine | undefined;
  for (const line of lines) {
    if (line.amount <= 0n || line.from > at || line.to <= at) continue;
    if (
      !latest ||
      line.from > latest.from ||
      (line.from.getTime() === latest.from.getTime() && line.issuedAt > latest.issuedAt)
    )
      latest = line;
  }
  return latest ? monthlyWorth(latest) : 0n;
}
