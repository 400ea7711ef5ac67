import type Stripe from "stripe";

type Interval = Pick<Stripe.Price.Recurring, "interval" | "interval_count">;

/** The n-th anniversary of an anchor in UTC; a day that a month lacks is that month's last. */
export function anniversary(anchor: number, { interval, interval_count: count }: Interval, n: number): number {
  if (interval === "day") return anchor + n * count * 86_400;
  if (interval === "week") return anchor + n * count * 7 * 86_400;
  const start = new Date(anchor * 1000);
  const months = n * count * (interval === "year" ? 12 : 1);
  const first = new Date(start);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return first.getTime() / 1000;
}

/** The first anniversary after a moment. */
export function nextAnniversary(anchor: number, interval: Interval, after: number): number {
  const rough =
    { day: 86_400, week: 604_800, month: 2_629_746, year: 31_556_952 }[interval.interval as string] ?? 2_629_746;
  let n = Math.max(Math.floor((after - anchor) / (rough * interval.interval_count)) - 1, after < anchor ? -1_000 : 0);
  if (after < anchor) n = Math.floor((after - anchor) / (rough * interval.interval_count)) - 1;
  while (anniversary(anchor, interval, n) <= after) n += 1;
  return anniversary(anchor, interval, n);
}
