import { count, UsageBar } from "@/components/billing/usage-bar";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-format";
import { formatTime } from "@/components/ui/time-format";
import type { Usage } from "@/lib/billing";

/** What is used of what is included, and where that leads. */
export function MinutesCard({ usage, zone, helpHref }: { usage: Usage; zone: string; helpHref: string }) {
  const { used, included, forecast, charge, subscription, terms, from, to } = usage;
  const until = formatTime(to, zone, "date");
  const money = (amount: bigint) => formatMoney(amount, subscription.currency);
  const beyond = Math.max(0, used - included);
  const ahead = forecast && forecast.expected > used;
  const sentences = [
    `${count(used)} of ${count(included)} minutes used.`,
    beyond > 0 && terms
      ? `${count(beyond)} beyond the plan, ${money(charge.now)} at ${money(terms.perMinute)} a minute.`
      : undefined,
    ahead &&
      `About ${count(forecast.expected)} by ${until}, most likely between ${count(forecast.low)} and ${count(forecast.high)}.`,
    ahead && terms && charge.high > 0n
      ? `That is ${range(money, charge.low, charge.high)} beyond the plan.`
      : undefined,
    !forecast && "A forecast needs three days of calls.",
  ].filter((sentence) => typeof sentence === "string");
  return (
    <Card>
      <CardHeader
        title="Minutes"
        description={`${formatTime(from, zone, "date")} to ${until}, days in ${zone}`}
        actions={
          <a href={helpHref} className="text-xs underline underline-offset-2 hover:no-underline">
            How calls are counted
          </a>
        }
      />
      <CardBody>
        <p className="mb-3 flex flex-wrap items-baseline gap-x-2" aria-hidden>
          <span className="tabular text-figure font-semibold tracking-tight">{count(used)}</span>
          <span className="text-muted">of {count(included)} included minutes</span>
        </p>
        <UsageBar label="Minutes" used={used} included={included} forecast={forecast} reading={sentences.join(" ")} />
        <p aria-hidden className="mt-3 max-w-prose text-muted">
          {sentences.slice(1).join(" ")}
        </p>
      </CardBody>
    </Card>
  );
}

const range = (money: (amount: bigint) => string, low: bigint, high: bigint) =>
  low === high ? money(high) : `between ${money(low)} and ${money(high)}`;
