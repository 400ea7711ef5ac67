import Link from "next/link";
import { PlanTier } from "@/components/billing/plan-tier";
import { formatMoney } from "@/components/ui/money-format";
import { currentPlans, freeMonths, type PlanVersion, trial } from "@/lib/plans";

/** The plans as they are sold, in dollars; what they cost in India is said below. */
export function Pricing() {
  return (
    <section id="pricing" aria-labelledby="pricing-title" className="mx-auto w-full max-w-6xl px-5 pb-16">
      <h2 id="pricing-title" className="text-2xl font-semibold tracking-tight">
        What it costs
      </h2>
      <p className="mt-1 max-w-prose text-muted">
        {trial.days} days or {trial.minutes} minutes of calls free, without a card. Then one of three plans, before tax.
        What nobody answered, what our own failures cut short and every test call is{" "}
        <Link href="/help/billing" className="underline underline-offset-2 hover:no-underline">
          never billed
        </Link>
        .
      </p>
      <div className="mt-8 grid gap-4 md:grid-cols-3">
        {currentPlans.map((plan) => (
          <PlanTier key={plan.plan} plan={plan} currency="USD" every="month" level={3} note={noteOf(plan)} />
        ))}
      </div>
    </section>
  );
}

function noteOf(plan: PlanVersion): string {
  const { USD, INR } = plan.prices;
  const year = formatMoney(USD.year, "USD", { digits: 0, locale: "en-US" });
  const rupees = formatMoney(INR.month, "INR", { digits: 0, locale: "en-IN" });
  return `or ${year} a year, ${freeMonths(plan, "USD")} months free · in India ${rupees} a month`;
}
