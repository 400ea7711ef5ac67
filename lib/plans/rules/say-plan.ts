import type { PlanCurrency, PlanVersion } from "./catalog";

const figure = new Intl.NumberFormat("en-GB");
const many = (n: number | null, one: string, more: string) =>
  n === null ? `As many ${more} as you like` : `${figure.format(n)} ${n === 1 ? one : more}`;

/** What a plan includes beside its minutes, each as a line of a list. */
export function sayEntitlements({ entitlements }: PlanVersion): string[] {
  const { agents, numbers, members, retentionDays, requestsPerMinute, callsAtOnce } = entitlements;
  const years = retentionDays / 365;
  const kept = Number.isInteger(years) ? many(years, "year", "years") : many(retentionDays, "day", "days");
  return [
    many(agents, "agent", "agents"),
    many(numbers, "number", "numbers"),
    many(members, "member", "members"),
    many(callsAtOnce, "call at once", "calls at once"),
    `Calls kept for ${kept}`,
    `${figure.format(requestsPerMinute)} requests a minute: files, test calls`,
  ];
}

/** Minutes that a period of a plan includes. */
export const includedMinutes = (plan: PlanVersion, every: "month" | "year"): number =>
  plan.minutesAMonth * (every === "year" ? 12 : 1);

/** How many months of a year cost nothing to who pays for the year at once. */
export const freeMonths = (plan: PlanVersion, currency: PlanCurrency): number =>
  12 - Number(plan.prices[currency].year / plan.prices[currency].month);
