import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { formatTime } from "@/components/ui/time-format";
import type { getInvoice, InvoiceLine } from "@/lib/billing";
import { lineInWords } from "./invoice-words";

type Props = { invoice: Awaited<ReturnType<typeof getInvoice>>; base: string; zone: string };

/** What is invoiced, line by line; minutes lead to the calls they are. */
export function InvoiceLines({ invoice, base, zone }: Props) {
  const { lines, currency, subtotal, tax, total, amountDue, amountPaid } = invoice;
  const sums: [string, bigint][] = [
    ["Before tax", subtotal],
    ["Tax", tax],
    ["Total", total],
    ...(amountPaid > 0n ? [["Paid", amountPaid] as [string, bigint]] : []),
    ...(invoice.status === "open" ? [["Still due", amountDue - amountPaid] as [string, bigint]] : []),
  ];
  return (
    <Card>
      <Table label="Lines">
        <THead>
          <Tr>
            <Th>For</Th>
            <Th className="max-sm:hidden">Period</Th>
            <Th numeric>Amount</Th>
          </Tr>
        </THead>
        <TBody>
          {lines.filter(saysSomething).map((line) => (
            <Tr key={line.position}>
              <Td className="min-w-40">
                <span className="block break-words">{lineInWords(line)}</span>
                {line.kind === "minutes" && (
                  <Link
                    href={usageHref(base, line)}
                    className="text-xs underline underline-offset-2 hover:no-underline"
                  >
                    The calls of this line
                  </Link>
                )}
              </Td>
              <Td className="text-xs text-muted max-sm:hidden">
                {formatTime(line.periodStartsAt, zone, "date")} to {formatTime(line.periodEndsAt, zone, "date")}
              </Td>
              <Td numeric>
                <Money minor={line.amount} currency={currency} />
              </Td>
            </Tr>
          ))}
          {sums.map(([term, amount]) => (
            <Tr key={term}>
              <Td className={term === "Total" ? "font-semibold" : "text-muted"}>{term}</Td>
              <Td className="max-sm:hidden" />
              <Td numeric className={term === "Total" ? "font-semibold" : "text-muted"}>
                <Money minor={amount} currency={currency} />
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </Card>
  );
}

/** The engine writes a line for minutes that nobody used as well. */
const saysSomething = ({ kind, quantity, amount }: InvoiceLine): boolean =>
  kind !== "minutes" || quantity !== 0n || amount !== 0n;

const usageHref = (base: string, { periodStartsAt, periodEndsAt }: InvoiceLine): string =>
  `${base}/usage?${new URLSearchParams({ from: periodStartsAt.toISOString(), to: periodEndsAt.toISOString() })}`;
