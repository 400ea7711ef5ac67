import type { Database } from "@/db/client";
import { listCallMonths, listLedgerMonths, listPlanLines, listTrialMonths } from "@/db/system";
import type { Clock } from "@/lib/platform/clock";
import { requireOperator, type WhoAsks } from "./require-operator";
import { endOf, type Month, monthOf, monthsBetween } from "./rules/months";
import { type Cohort, cohorts, type Movement, movements } from "./rules/movements";
import { worthAt } from "./rules/recurring";

/** Amounts in the minor unit of `currency`; no two currencies are ever added. */
export type CurrencyFigures = {
  currency: string;
  movements: Movement[];
  cohorts: Cohort[];
  /** What the ledger earned in each month, and what the calls of who pays in this currency cost, in millionths of a US dollar. */
  money: { month: Month; plans: bigint; overage: bigint; providerCostMicros: bigint }[];
};

export type Figures = {
  /** Of UTC, from the first in which anything happened to the one that runs. */
  months: Month[];
  currencies: CurrencyFigures[];
  trials: { month: Month; started: number; converted: number; running: number }[];
  calls: { month: Month; calls: number; booked: number }[];
};

/** How the whole deployment does, month by month: all of it out of the ledgers, the invoices' lines and the calls. For operators alone. */
export async function readFigures(ask: WhoAsks & { database: Database; clock: Clock }): Promise<Figures> {
  requireOperator(ask);
  const { database, clock } = ask;
  const now = clock.now();
  const lines = await listPlanLines(database);
  const ledger = await listLedgerMonths(database);
  const trials = await listTrialMonths(database, now);
  const calls = await listCallMonths(database);
  const last = monthOf(now);
  const books = [...lines.map(({ from }) => monthOf(from)), ...[ledger, trials].flat().map(({ month }) => month)];
  // When a call began is what its messages say: they do not make the page begin in another century.
  const seen = books.length > 0 ? books : calls.map(({ month }) => month);
  const [first = last] = [...seen, last].sort();
  const months = monthsBetween(first, last);
  const ends = new Map(months.map((month) => [month, new Date(Math.min(endOf(month).getTime() - 1, now.getTime()))]));
  const currencies = [...new Set([...lines, ...ledger].map(({ currency }) => currency))].sort();
  return {
    months,
    trials: months.map((month) => ({ ...none.trials, ...trials.find((each) => each.month === month), month })),
    calls: months.map((month) => ({ ...none.calls, ...calls.find((each) => each.month === month), month })),
    currencies: currencies.map((currency) => {
      const byOrg = Map.groupBy(
        lines.filter((line) => line.currency === currency),
        (line) => line.orgId,
      );
      const series = new Map(
        months.map((month) => [
          month,
          new Map([...byOrg].map(([org, own]) => [org, worthAt(own, ends.get(month) ?? now)])),
        ]),
      );
      const sum = (month: Month, account: string) =>
        ledger.reduce(
          (all, row) =>
            row.month === month && row.currency === currency && row.account === account ? all + row.net : all,
          0n,
        );
      return {
        currency,
        movements: movements(months, series),
        cohorts: cohorts(months, series),
        money: months.map((month) => ({
          month,
          plans: -sum(month, "billing.subscription_revenue"),
          overage: -sum(month, "billing.overage_revenue"),
          providerCostMicros: sum(month, "billing.provider_cost"),
        })),
      };
    }),
  };
}

const none = { trials: { started: 0, converted: 0, running: 0 }, calls: { calls: 0, booked: 0 } };
