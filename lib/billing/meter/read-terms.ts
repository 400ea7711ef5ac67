import { findPlan, planCurrency } from "@/lib/plans";
import { chargeFor, type MinuteTerms } from "../rules/charges";
import { minuteTerms } from "../rules/minute-terms";

export type PlanTerms = MinuteTerms & { currency: "USD" | "INR" };

/** What minutes cost by a row's `plan`, `plan_version`, `currency` and `billed_every`. */
export function readTerms(row: Record<string, unknown>): PlanTerms {
  const plan = findPlan(String(row.plan), Number(row.plan_version));
  const currency = String(row.currency);
  const billedEvery = row.billed_every === "year" ? "year" : "month";
  const terms = plan && minuteTerms({ status: "active", currency, billedEvery }, plan);
  if (!terms) throw new Error(`version ${row.plan_version} of the plan ${row.plan} never was`);
  return { ...terms, currency: planCurrency(currency) };
}

/** What the next `more` minutes of a period cost where `used` were used before; less than 0 for minutes that are taken away. */
export const priceOfNext = (used: number, more: number, terms: MinuteTerms): bigint =>
  chargeFor(used + more, terms) - chargeFor(used, terms);
