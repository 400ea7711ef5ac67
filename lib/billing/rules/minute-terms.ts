import { type PlanVersion, planCurrency } from "../../plans/rules/catalog";
import { includedMinutes } from "../../plans/rules/say-plan";
import type { MinuteTerms } from "./charges";

type Subscribed = { status: string; currency: string; billedEvery: "month" | "year" };

/** What a subscription's minutes cost, by its version of the plan; undefined for a trial, whose minutes cost nothing. */
export function minuteTerms({ status, currency, billedEvery }: Subscribed, plan: PlanVersion): MinuteTerms | undefined {
  if (status === "trialing") return undefined;
  const prices = plan.prices[planCurrency(currency)];
  return { price: prices[billedEvery], included: includedMinutes(plan, billedEvery), perMinute: prices.perMinute };
}
