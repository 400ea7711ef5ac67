import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-format";
import { formatTime } from "@/components/ui/time-format";
import type { Usage } from "@/lib/billing";

/** What the next invoice comes to, as far as one can know: the plan in advance, the minutes beyond it afterwards, less what is in hand. */
export function NextInvoiceCard({ usage, zone }: { usage: Usage; zone: string }) {
  const { subscription, terms, charge, credit, to } = usage;
  if (!terms || subscription.status === "canceled") return null;
  const money = (amount: bigint) => formatMoney(amount, subscription.currency);
  const plan = subscription.cancelAt ? 0n : terms.price;
  const isCertain = charge.low === charge.high;
  const expected = plan + charge.expected;
  const taken = credit < expected ? credit : expected;
  return (
    <Card>
      <CardHeader title="Next invoice" description={`About ${formatTime(to, zone, "date")}, before tax`} />
      <CardBody>
        <p className="tabular text-figure font-semibold tracking-tight">
          {isCertain ? "" : "≈ "}
          {money(expected - taken)}
        </p>
        <dl className="mt-2 text-muted">
          <Line term={plan > 0n ? `Plan, the ${subscription.billedEvery} that follows` : "Plan: cancelled"}>
            {money(plan)}
          </Line>
          <Line term="Minutes beyond the plan">
            {isCertain ? money(charge.expected) : `${money(charge.low)} to ${money(charge.high)}`}
          </Line>
          {taken > 0n && <Line term="Credit you have">{money(-taken)}</Line>}
        </dl>
        {credit > taken && (
          <p className="mt-2 text-xs text-muted">{money(credit - taken)} of credit remains after it.</p>
        )}
      </CardBody>
    </Card>
  );
}

const Line = ({ term, children }: { term: string; children: string }) => (
  <div className="flex justify-between gap-3">
    <dt>{term}</dt>
    <dd className="tabular text-right whitespace-nowrap">{children}</dd>
  </div>
);
