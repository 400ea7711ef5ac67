import { findPlan, type PlanCurrency } from "../../plans/rules/catalog";

/** A line of an invoice that is for a plan: for a whole period, or for the rest of one after a change. */
export type PlanLine = {
  orgId: string;
  currency: string;
  plan: string | null;
  planVersion: number | null;
  billedEvery: "month" | "year" | null;
  amount: bigint;
  from: Date;
  to: Date;
  issuedAt: Date;
};

const DAY_MS = 86_400_000;
/** A month's rest is shorter; of a line that was read before its price's interval was kept. */
const LONGER_THAN_A_MONTH_MS = 40 * DAY_MS;

/**
 * What a line is worth a month, in its currency's minor unit: the price of its version of the plan, or a twelfth of the year's, by the interval
 * that its price was sold at. What is given back is worth nothing.
 */
export function monthlyWorth({ plan, planVersion, billedEvery, amount, currency, from, to }: PlanLine): bigint {
  const found = plan !== null && planVersion !== null ? findPlan(plan, planVersion) : undefined;
  const prices = found?.prices[currency as PlanCurrency];
  if (!prices || amount <= 0n) return 0n;
  const isYear = billedEvery ? billedEvery === "year" : to.getTime() - from.getTime() > LONGER_THAN_A_MONTH_MS;
  return isYear ? (prices.year + 6n) / 12n : prices.month;
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
