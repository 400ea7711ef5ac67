import { costOfFirst, divide, type MinuteTerms } from "./charges";

/** Calls of one day by agent and number. */
export type UsageShare = {
  date: string;
  agentId: string | null;
  agentName: string | null;
  number: string | null;
  minutes: number;
  calls: number;
};

export type UsageDay = { date: string; minutes: number; cost: bigint; shares: (UsageShare & { cost: bigint })[] };

/**
 * What each of `dates` used and cost, in their order; `before` is what the period had used when the first began. A day's cost falls to its
 * shares by their minutes. Without terms (a trial) nothing costs anything.
 */
export function usageDays(
  dates: readonly string[],
  shares: readonly UsageShare[],
  { before, terms }: { before: number; terms: MinuteTerms | undefined },
): UsageDay[] {
  let used = before;
  return dates.map((date) => {
    const own = shares.filter((share) => share.date === date);
    const minutes = own.reduce((sum, share) => sum + share.minutes, 0);
    const cost = terms ? costOfFirst(used + minutes, terms) - costOfFirst(used, terms) : 0n;
    used += minutes;
    const parts = divide(
      cost,
      own.map((share) => share.minutes),
    );
    return { date, minutes, cost, shares: own.map((share, n) => ({ ...share, cost: parts[n] ?? 0n })) };
  });
}
