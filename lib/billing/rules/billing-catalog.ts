import { type PlanCurrency, type PlanVersion, planVersions } from "../../plans/rules/catalog";

export const METER_EVENT = "caly_minutes";
const METER = { eventName: METER_EVENT, name: "Minutes of calls" };
/** Raised when what subscribers may do in the portal changes. */
const PORTAL_VERSION = "1";

type Every = "month" | "year";

/**
 * What a price asks for, in the currency's minor unit. "plan" is the fixed amount of a period; "minutes" is counted by the meter: `included`
 * of a period cost nothing, each one beyond them `perMinute`.
 */
export type Terms = { kind: "plan"; amount: bigint } | { kind: "minutes"; included: number; perMinute: bigint };

export type PriceSpec = Terms & {
  lookupKey: string;
  productId: string;
  meterEvent: string;
  name: string;
  currency: PlanCurrency;
  every: Every;
};

/** `portal`: what subscribers may do in Stripe's portal, by the version of what we ask for. */
export type BillingCatalog = {
  meter: { eventName: string; name: string };
  products: { id: string; name: string }[];
  prices: PriceSpec[];
  portal: { version: string };
};

const currencies: readonly PlanCurrency[] = ["USD", "INR"];
const intervals: readonly Every[] = ["month", "year"];

/** By these a price is found again whatever id it got: "caly_starter_v1_usd_month", and "…_minutes" for the metered one. */
export const lookupKeyOf = ({ plan, planVersion, currency, every }: Sold, kind: Terms["kind"]) =>
  `caly_${plan}_v${planVersion}_${currency.toLowerCase()}_${every}${kind === "minutes" ? "_minutes" : ""}`;

type Sold = { plan: string; planVersion: number; currency: PlanCurrency; every: Every };

/** What a lookup key of ours stands for; undefined for others'. */
export function readLookupKey(key: string | null): (Sold & { kind: Terms["kind"] }) | undefined {
  const found = /^caly_(.+)_v(\d{1,6})_(usd|inr)_(month|year)(_minutes)?$/.exec(key ?? "");
  if (!found) return undefined;
  const [, plan = "", version, currency, every, minutes] = found;
  return {
    plan,
    planVersion: Number(version),
    currency: currency === "inr" ? "INR" : "USD",
    every: every === "year" ? "year" : "month",
    kind: minutes ? "minutes" : "plan",
  };
}

const productIdOf = (plan: PlanVersion) => `caly_${plan.plan}`;

/** Everything that has to stand at Stripe for every version that was ever sold: old customers keep theirs. */
export const billingCatalog = (): BillingCatalog => ({
  meter: METER,
  products: [
    ...new Map(planVersions.map((plan) => [plan.plan, { id: productIdOf(plan), name: `Caly ${plan.name}` }])).values(),
  ],
  prices: planVersions.flatMap((plan) =>
    currencies.flatMap((currency) => intervals.flatMap((every) => pricesOf(plan, currency, every))),
  ),
  portal: { version: PORTAL_VERSION },
});

function pricesOf(plan: PlanVersion, currency: PlanCurrency, every: Every): PriceSpec[] {
  const price = plan.prices[currency];
  const included = plan.minutesAMonth * (every === "year" ? 12 : 1);
  const base = { productId: productIdOf(plan), meterEvent: METER.eventName, currency, every };
  const terms: Terms[] = [
    { kind: "plan", amount: price[every] },
    { kind: "minutes", included, perMinute: price.perMinute },
  ];
  return terms.map((each) => ({
    ...base,
    ...each,
    lookupKey: lookupKeyOf({ plan: plan.plan, planVersion: plan.version, currency, every }, each.kind),
    name: `${plan.name} v${plan.version}, ${every === "year" ? "yearly" : "monthly"}${each.kind === "minutes" ? ", minutes" : ""}`,
  }));
}

/** What makes two prices the same, in one line: "plan 9700 USD month", "minutes 300 free then 25 USD month". */
export const sayTerms = (terms: Terms & { currency: string; every: string }): string => {
  const amount =
    terms.kind === "plan" ? `plan ${terms.amount}` : `minutes ${terms.included} free then ${terms.perMinute}`;
  return `${amount} ${terms.currency} ${terms.every}`;
};
