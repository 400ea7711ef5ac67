import { type DayColumn, MOST_SERIES } from "@/components/billing/columns-by-day";
import type { Usage } from "@/lib/billing";

type Day = Usage["days"][number];
type Share = Day["shares"][number];

export type By = "agent" | "number";

type Words = {
  name: (share: Share) => string;
  say: (size: number) => string;
  /** A date as "Thu 20 Nov" and as what stands below a column. */
  label: (date: string) => string;
  tick: (date: string) => string;
};

/** Days as columns in parts by name, the greatest first; those for which there is no room are one part together. `isCost`: else minutes. */
export function dayColumns(
  days: readonly Day[],
  isCost: boolean,
  { name, say, label, tick }: Words,
): { series: string[]; columns: DayColumn[] } {
  const size = (share: Pick<Share, "cost" | "minutes">) => (isCost ? Number(share.cost) : share.minutes);
  const totals = new Map<string, number>();
  for (const share of days.flatMap((day) => day.shares))
    totals.set(name(share), (totals.get(name(share)) ?? 0) + share.minutes);
  const names = [...totals]
    .filter(([, minutes]) => minutes > 0)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([each]) => each);
  const own = names.length > MOST_SERIES ? names.slice(0, MOST_SERIES - 1) : names;
  const series = own.length < names.length ? [...own, "Others"] : own;
  const sum = (shares: readonly Share[]) => shares.reduce((all, share) => all + size(share), 0);
  const columns = days.map((day) => {
    const parts = series.map((each) =>
      sum(day.shares.filter((share) => (own.includes(each) ? name(share) === each : !own.includes(name(share))))),
    );
    const total = size(day);
    return {
      label: label(day.date),
      tick: tick(day.date),
      total: { size: total, text: say(total) },
      parts: parts.map((part) => ({ size: part, text: say(part) })),
    };
  });
  return { series, columns };
}
