import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { currentPlan, currentPlans, findPlan, planCurrency, planVersions } from "./catalog";

/** A version that anybody has subscribed to is never changed: a new one is added, here too. */
const SOLD = {
  "starter 1": "5ed548de9fb10e59",
  "growth 1": "a4ab84dc3e42e072",
  "scale 1": "c2738a207fa5aa61",
};

it("every version that was sold is what it was", () => {
  const printed = planVersions.map((plan) => {
    const text = JSON.stringify(plan, (_, value) => (typeof value === "bigint" ? `${value}` : value));
    return [`${plan.plan} ${plan.version}`, createHash("sha256").update(text).digest("hex").slice(0, 16)];
  });
  expect(Object.fromEntries(printed)).toEqual(SOLD);
});

it("larger plans have more of everything and a cheaper minute, and a year costs ten months", () => {
  for (const currency of ["USD", "INR"] as const)
    for (const [n, plan] of currentPlans.entries()) {
      const { month, year, perMinute } = plan.prices[currency];
      expect(year).toBe(month * 10n);
      const before = currentPlans[n - 1];
      if (!before) continue;
      expect(plan.minutesAMonth).toBeGreaterThan(before.minutesAMonth);
      expect(month > before.prices[currency].month && perMinute < before.prices[currency].perMinute).toBe(true);
      for (const key of Object.keys(plan.entitlements) as (keyof typeof plan.entitlements)[])
        expect(plan.entitlements[key] ?? Number.POSITIVE_INFINITY, key).toBeGreaterThan(before.entitlements[key] ?? 0);
    }
});

it("Starter costs $97 a month with 300 minutes; Indian organisations pay in rupees", () => {
  expect(currentPlan("starter")).toMatchObject({ minutesAMonth: 300, prices: { USD: { month: 9700n } } });
  expect([planCurrency("INR"), planCurrency("USD"), planCurrency("JPY")]).toEqual(["INR", "USD", "USD"]);
  expect(findPlan("starter", 99)).toBeUndefined();
});
