import { csvRecord } from "@/lib/calls";
import { money, toDecimal, writeDecimal } from "@/lib/ledger/words";
import type { CurrencyFigures, Figures } from "./read-figures";
import { marginPerMille, perPaying } from "./rules/margin";

const MICRO_PLACES = 6;

const columns = [
  ...["Month", "Currency", "Recurring", "New", "Expansion", "Contraction", "Churn", "Paying", "Left", "Per paying"],
  ...[
    "Plans",
    "Overage",
    "Provider cost (USD)",
    "Gross margin (per mille)",
    "Trials begun",
    "Trials that paid",
    "Calls",
    "Booked",
  ],
];

/** Somebody has to have paid before there is a currency. */
const nobodyPays: Pick<CurrencyFigures, "currency" | "movements" | "money"> = {
  currency: "",
  movements: [],
  money: [],
};

/**
 * The figures as CSV (RFC 4180), a row for each month and currency, or for each month while nobody has paid; what belongs to no currency stands in
 * each of a month's rows.
 */
export function exportFigures({ months, currencies, trials, calls }: Figures): string {
  const paid = currencies.length > 0 ? currencies : [nobodyPays];
  const rows = paid.flatMap(({ currency, movements, money: sums }) =>
    months.map((month, n) => {
      const [moved, earned, trial, rung] = [movements[n], sums[n], trials[n], calls[n]];
      const amount = (minor: bigint | undefined) =>
        minor === undefined ? null : { figure: toDecimal(money(minor, currency)) };
      const revenue = (earned?.plans ?? 0n) + (earned?.overage ?? 0n);
      return csvRecord([
        month,
        currency,
        ...[moved?.recurring, moved?.added, moved?.expansion, moved?.contraction, moved?.churn].map(amount),
        moved?.paying,
        moved?.left,
        amount(moved && perPaying(moved.recurring, moved.paying)),
        amount(earned?.plans),
        amount(earned?.overage),
        earned ? writeDecimal(earned.providerCostMicros, MICRO_PLACES) : null,
        earned ? marginPerMille(currency, revenue, earned.providerCostMicros) : null,
        trial?.started,
        trial?.converted,
        rung?.calls,
        rung?.booked,
      ]);
    }),
  );
  return [csvRecord(columns), ...rows].join("");
}
