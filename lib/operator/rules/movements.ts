import type { Month } from "./months";

/** Recurring revenue by month and organisation, in one currency's minor unit; who pays nothing may be left out. */
export type Series = ReadonlyMap<Month, ReadonlyMap<string, bigint>>;

export type Movement = {
  month: Month;
  /** At the end of the month. */
  recurring: bigint;
  /** Who paid nothing a month before, now or again. */
  added: bigint;
  expansion: bigint;
  /** Both as what was lost: 0 or less. */
  contraction: bigint;
  churn: bigint;
  paying: number;
  left: number;
};

/** How recurring revenue came about, month by month: what was there, and the four movements, add up to what is there. */
export function movements(months: readonly Month[], series: Series): Movement[] {
  let before: ReadonlyMap<string, bigint> = new Map();
  return months.map((month) => {
    const now = series.get(month) ?? new Map<string, bigint>();
    const sums = { added: 0n, expansion: 0n, contraction: 0n, churn: 0n };
    let [recurring, paying, left] = [0n, 0, 0];
    for (const org of new Set([...before.keys(), ...now.keys()])) {
      const [was, is] = [before.get(org) ?? 0n, now.get(org) ?? 0n];
      recurring += is;
      if (is > 0n) paying++;
      if (was > 0n && is === 0n) left++;
      const kind = was === 0n ? "added" : is === 0n ? "churn" : is > was ? "expansion" : "contraction";
      sums[kind] += is - was;
    }
    before = now;
    return { month, recurring, ...sums, paying, left };
  });
}

export type Cohort = { month: Month; size: number; kept: number[] };

/** Who began to pay in a month, and how many of them paid after so many months: the first figure is those who began. */
export function cohorts(months: readonly Month[], series: Series): Cohort[] {
  const pays = (month: Month, org: string) => (series.get(month)?.get(org) ?? 0n) > 0n;
  const seen = new Set<string>();
  return months.flatMap((month, n) => {
    const fresh = [...(series.get(month)?.keys() ?? [])].filter((org) => pays(month, org) && !seen.has(org));
    for (const org of fresh) seen.add(org);
    if (fresh.length === 0) return [];
    const kept = months.slice(n).map((later) => fresh.filter((org) => pays(later, org)).length);
    return [{ month, size: fresh.length, kept }];
  });
}
