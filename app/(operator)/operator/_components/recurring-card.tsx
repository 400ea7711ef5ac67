import { count } from "@/components/billing/usage-bar";
import { Card, CardHeader } from "@/components/ui/card";
import { Absent } from "@/components/ui/duration";
import { formatMoney } from "@/components/ui/money-format";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { type CurrencyFigures, marginPerMille, perPaying } from "@/lib/operator";
import { monthInWords } from "./month-words";
import { onPaper } from "./on-paper";

const MICROS = { places: 6, digits: 2 };

/** A currency's recurring revenue and how it came about, the latest month first; beside it what was earned and what calls cost. */
export function RecurringCard({ figures: { currency, movements, money } }: { figures: CurrencyFigures }) {
  const amount = (minor: bigint) => formatMoney(minor, currency, { digits: minor % 100n === 0n ? 0 : 2 });
  const moved = (minor: bigint) => (minor === 0n ? <Absent /> : amount(minor));
  return (
    <Card>
      <CardHeader
        title={`Recurring revenue in ${currency}`}
        description="At the end of each month, what those who pay, pay a month; a year’s price counts a twelfth. New are those who paid nothing a month before, also if they came back."
      />
      <Table label={`Recurring revenue in ${currency}`}>
        <THead>
          <Tr>
            <Th>Month</Th>
            <Th numeric>Recurring</Th>
            <Th numeric>New</Th>
            <Th numeric>Expansion</Th>
            <Th numeric>Contraction</Th>
            <Th numeric>Churn</Th>
            <Th numeric>Paying</Th>
            <Th numeric>Per paying</Th>
            <Th numeric>Earned</Th>
            <Th numeric>Calls’ cost</Th>
            <Th numeric>Gross margin</Th>
          </Tr>
        </THead>
        <TBody className={onPaper}>
          {sinceAnythingHappened(movements.map((row, n) => ({ row, sums: money[n] })))
            .reverse()
            .map(({ row, sums }) => {
              const average = perPaying(row.recurring, row.paying);
              const earned = (sums?.plans ?? 0n) + (sums?.overage ?? 0n);
              const margin = marginPerMille(currency, earned, sums?.providerCostMicros ?? 0n);
              return (
                <Tr key={row.month}>
                  <Td className="whitespace-nowrap">{monthInWords(row.month)}</Td>
                  <Td numeric className="font-medium">
                    {amount(row.recurring)}
                  </Td>
                  <Td numeric>{moved(row.added)}</Td>
                  <Td numeric>{moved(row.expansion)}</Td>
                  <Td numeric>{moved(row.contraction)}</Td>
                  <Td numeric>{moved(row.churn)}</Td>
                  <Td numeric>
                    {count(row.paying)}
                    {row.left > 0 && <span className="text-muted"> (−{count(row.left)})</span>}
                  </Td>
                  <Td numeric>{average === undefined ? <Absent /> : amount(average)}</Td>
                  <Td numeric>{amount(earned)}</Td>
                  <Td numeric>{formatMoney(sums?.providerCostMicros ?? 0n, "USD", MICROS)}</Td>
                  <Td numeric>
                    {margin === undefined ? <Absent label="not known" /> : `${(margin / 10).toFixed(1)} %`}
                  </Td>
                </Tr>
              );
            })}
        </TBody>
      </Table>
      <p className="border-t px-4 py-3 text-xs text-muted">
        Earned is what the ledger took as revenue of plans and minutes in the month, before tax. Calls’ cost is what
        providers charged for the calls of who pays in {currency}, in US dollars
        {currency === "USD" ? "." : "; a margin would need a rate, and none is kept here."}
      </p>
    </Card>
  );
}

type Row = { row: CurrencyFigures["movements"][number]; sums: CurrencyFigures["money"][number] | undefined };

/** Months before anybody paid in this currency say nothing. */
function sinceAnythingHappened(rows: readonly Row[]): Row[] {
  const first = rows.findIndex(({ row, sums }) => row.paying > 0 || (sums && sums.plans + sums.overage !== 0n));
  return rows.slice(Math.max(0, first));
}
