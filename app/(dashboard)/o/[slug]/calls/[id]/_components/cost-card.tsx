import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-format";
import type { CallCost, CallProfit } from "@/lib/billing";
import { unbilledWords } from "../../../_components/unbilled-words";

type Props = {
  /** null while the provider has not reported it. */
  cost: CallCost | null;
  /** For whoever may read the billing; undefined for a call that was not counted, too. */
  profit: CallProfit | undefined;
};

const partWords: Record<Exclude<keyof CallCost, "total">, string> = {
  telephony: "Telephony",
  speech: "Speech",
  model: "Model",
  platform: "Platform",
  other: "Messages and other",
};

/** Fractions of a cent matter in what a provider takes. */
const micros = (amount: bigint) => formatMoney(amount, "USD", { places: 6, digits: 4 });

/** What the call cost at the provider, part by part, beside what it brings Caly. */
export function CostCard({ cost, profit }: Props) {
  if (!cost && !profit) return null;
  const parts = Object.entries(partWords).flatMap(([part, word]) => {
    const amount = cost?.[part as keyof typeof partWords] ?? 0n;
    return amount === 0n ? [] : [{ word, amount }];
  });
  return (
    <Card aria-label="Cost">
      <CardHeader title="Cost" level={2} description="As the provider reports it, and what Caly charges." />
      <CardBody>
        <dl className="flex flex-col gap-1">
          {parts.map(({ word, amount }) => (
            <Row key={word} term={word} isPart>
              {micros(amount)}
            </Row>
          ))}
          <Row term="Provider">{cost ? micros(cost.total) : "not reported yet"}</Row>
          {profit && <Charged profit={profit} />}
        </dl>
      </CardBody>
    </Card>
  );
}

function Charged({ profit: { unbilled, minutes, charge, revenue, currency, profitMicros } }: { profit: CallProfit }) {
  const money = (amount: bigint) => formatMoney(amount, currency);
  if (unbilled)
    return (
      <Row term="Caly" isSum>
        {unbilledWords[unbilled]}
      </Row>
    );
  const within = revenue - charge;
  return (
    <>
      <div className="mt-1 border-t pt-2" />
      {within > 0n && (
        <Row term="Share of the plan’s price" isPart>
          {money(within)}
        </Row>
      )}
      {charge > 0n && (
        <Row term="Beyond the plan" isPart>
          {money(charge)}
        </Row>
      )}
      <Row term={`Caly, ${minutes} ${minutes === 1 ? "minute" : "minutes"}`}>{money(revenue)}</Row>
      {profitMicros !== null && (
        <Row term="Charge less cost" isSum>
          {micros(profitMicros)}
        </Row>
      )}
    </>
  );
}

type RowProps = { term: string; isPart?: boolean; isSum?: boolean; children: ReactNode };

const Row = ({ term, isPart = false, isSum = false, children }: RowProps) => (
  <div
    className={`flex justify-between gap-3 ${isPart ? "text-xs text-muted" : "font-medium"} ${isSum ? "mt-1 border-t pt-2" : ""}`}
  >
    <dt>{term}</dt>
    <dd className="tabular text-right">{children}</dd>
  </div>
);
