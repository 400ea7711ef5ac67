import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { includedMinutes, type PlanCurrency, type PlanVersion, sayEntitlements } from "@/lib/plans/words";
import { cn } from "../ui/cn";
import { formatMoney } from "../ui/money-format";
import { count } from "./usage-bar";

type Props = {
  plan: PlanVersion;
  currency: PlanCurrency;
  every: "month" | "year";
  /** Beside the name: "Your plan". */
  badge?: ReactNode;
  /** Below the price. */
  note?: string;
  level?: 2 | 3;
  /** What can be done about it. */
  children?: ReactNode;
};

/** A plan: what it costs, how many minutes that buys, what one more costs, and what else there is. */
export function PlanTier({ plan, currency, every, badge, note, level = 2, children }: Props) {
  const prices = plan.prices[currency];
  const money = (amount: bigint) =>
    formatMoney(amount, currency, {
      digits: amount % 100n === 0n ? 0 : 2,
      locale: currency === "INR" ? "en-IN" : "en-US",
    });
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <article className={cn("flex min-w-0 flex-col rounded-lg border bg-surface p-5", badge && "border-accent")}>
      <div className="flex items-center justify-between gap-3">
        <Heading className="text-heading font-semibold">{plan.name}</Heading>
        {badge}
      </div>
      <p className="mt-3">
        <span className="tabular text-figure font-semibold tracking-tight">{money(prices[every])}</span>{" "}
        <span className="text-muted">a {every}</span>
      </p>
      {note && <p className="text-xs text-muted">{note}</p>}
      <p className="mt-3">
        {count(includedMinutes(plan, every))} minutes a {every}, then {money(prices.perMinute)} each.
      </p>
      <ul className="mt-3 mb-5 flex flex-col gap-1.5 text-muted">
        {sayEntitlements(plan).map((line) => (
          <li key={line} className="flex items-start gap-2">
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
            {line}
          </li>
        ))}
      </ul>
      <div className="mt-auto flex flex-col items-start gap-2">{children}</div>
    </article>
  );
}
