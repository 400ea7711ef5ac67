import { count } from "@/components/billing/usage-bar";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import type { Figures } from "@/lib/operator";
import { monthInWords } from "./month-words";
import { onPaper } from "./on-paper";

/** Booked calls, the one figure that matters, and trials, by month. */
export function MonthsCard({ figures: { months, calls, trials } }: { figures: Figures }) {
  return (
    <Card>
      <CardHeader
        title="Booked calls and trials"
        description="Test calls do not count. Of the trials that began in a month, how many have paid since."
      />
      <Table label="Booked calls and trials">
        <THead>
          <Tr>
            <Th>Month</Th>
            <Th numeric>Booked</Th>
            <Th numeric>Calls</Th>
            <Th numeric>Trials begun</Th>
            <Th numeric>Paid since</Th>
            <Th numeric>Still running</Th>
          </Tr>
        </THead>
        <TBody className={onPaper}>
          {months
            .map((month, n) => ({ month, call: calls[n], trial: trials[n] }))
            .reverse()
            .map(({ month, call, trial }) => (
              <Tr key={month}>
                <Td className="whitespace-nowrap">{monthInWords(month)}</Td>
                <Td numeric className="font-medium">
                  {count(call?.booked ?? 0)}
                </Td>
                <Td numeric>{count(call?.calls ?? 0)}</Td>
                <Td numeric>{count(trial?.started ?? 0)}</Td>
                <Td numeric>{count(trial?.converted ?? 0)}</Td>
                <Td numeric>{count(trial?.running ?? 0)}</Td>
              </Tr>
            ))}
        </TBody>
      </Table>
    </Card>
  );
}
