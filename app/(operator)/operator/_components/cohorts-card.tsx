import { Card, CardHeader } from "@/components/ui/card";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import type { CurrencyFigures } from "@/lib/operator";
import { monthInWords } from "./month-words";
import { columnsOnPaper, onPaper } from "./on-paper";

/** So many months after the first are shown. */
const MONTHS_SHOWN = 13;

/** Of those who began to pay in a month, how many still did so many months later. */
export function CohortsCard({ figures: { currency, cohorts } }: { figures: CurrencyFigures }) {
  if (cohorts.length === 0) return null;
  const width = Math.min(MONTHS_SHOWN, Math.max(...cohorts.map(({ kept }) => kept.length)));
  return (
    <Card className={columnsOnPaper}>
      <CardHeader
        title={`Who stayed, ${currency}`}
        description="Of those who began to pay in a month, how many paid so many months later."
      />
      <Table label={`Who stayed, ${currency}`}>
        <THead>
          <Tr>
            <Th>Began</Th>
            <Th numeric>Paying</Th>
            {Array.from({ length: width - 1 }, (_, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns are counted
              <Th key={n} numeric>
                +{n + 1}
              </Th>
            ))}
          </Tr>
        </THead>
        <TBody className={onPaper}>
          {[...cohorts].reverse().map(({ month, size, kept }) => (
            <Tr key={month}>
              <Td className="whitespace-nowrap">{monthInWords(month)}</Td>
              <Td numeric>{size}</Td>
              {Array.from({ length: width - 1 }, (_, n) => {
                const left = kept[n + 1];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are counted
                  <Td key={n} numeric>
                    {left === undefined ? "" : `${Math.round((left / size) * 100)} %`}
                  </Td>
                );
              })}
            </Tr>
          ))}
        </TBody>
      </Table>
    </Card>
  );
}
