import type { Metadata } from "next";
import type { ReactNode } from "react";
import { formatMoney } from "@/components/ui/money-format";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { ALERT_PERCENTS, FREE_SECONDS, GRACE_DAYS, RULE_VERSION } from "@/lib/billing";
import { currentPlan, currentPlans, freeMonths, type PlanVersion, trial } from "@/lib/plans";

export const metadata: Metadata = {
  title: "How calls are counted",
  description:
    "Which minutes are billed, how they are rounded, what is never billed, and what happens when a payment fails.",
};

const figure = new Intl.NumberFormat("en-GB");
const inOrder = new Intl.ListFormat("en-GB");
/** Whole amounts without their zeros: five columns fit on a telephone. */
const price = (amount: bigint, currency: "USD" | "INR") =>
  formatMoney(amount, currency, {
    locale: currency === "INR" ? "en-IN" : "en-US",
    digits: amount % 100n === 0n ? 0 : 2,
  });

/** What an invoice's reader asks. Every figure is read where the charge itself is made from. */
export default function BillingHelpPage() {
  const [smallest] = currentPlans;
  return (
    <article className="mx-auto w-full max-w-3xl px-5 py-8">
      <h1 className="text-3xl font-semibold tracking-tight text-balance">How calls are counted and billed</h1>
      <p className="mt-2 text-base text-muted">
        Rule {RULE_VERSION}. Each counted call keeps the rule it was counted by; you find every one, with its minutes
        and why it was free if it was, under Billing, Usage.
      </p>

      <Part title="A minute">
        <p>
          A call counts from the moment it is picked up to the moment it ends. Its seconds are rounded up once, to whole
          minutes: 2 minutes and 1 second are 3 minutes. Ringing costs nothing.
        </p>
        <p>
          A call is counted exactly once, when it has ended, and belongs to the period in which it ended. One that got
          stuck at the provider counts to the last thing that was heard of it, not to when somebody noticed.
        </p>
      </Part>

      <Part title="What is never billed">
        <ul className="list-disc space-y-1 pl-5">
          <li>Test calls, and everything you try in the browser before you go live.</li>
          <li>Calls that nobody answered, or that were turned away.</li>
          <li>
            Calls in which only a message could be left: after a trial, at your spending limit, while a payment is owed
            for too long, or when more came at once than your plan allows.
          </li>
          <li>Calls that a failure of ours, or of a company that works for us, cut short: the whole call is free.</li>
          <li>Calls of less than {FREE_SECONDS} seconds: a wrong number, a hang-up at the greeting.</li>
        </ul>
      </Part>

      <Part title="What is included, and what one more minute costs">
        <Table label="Plans" className="mt-1">
          <THead>
            <Tr>
              <Th>Plan</Th>
              <Th numeric>A month</Th>
              <Th numeric className="max-sm:hidden">
                A year
              </Th>
              <Th numeric>Minutes</Th>
              <Th numeric>One more</Th>
            </Tr>
          </THead>
          <TBody>
            {currentPlans.map((plan) => (
              <PlanRow key={plan.plan} plan={plan} />
            ))}
          </TBody>
        </Table>
        <p>
          Minutes are those of a month; prices are before tax. Who pays for a year pays{" "}
          {smallest ? 12 - freeMonths(smallest, "USD") : 12} months and has twelve months’ minutes to use whenever in
          the year they are needed. The plan is paid in advance; minutes beyond it are added to the invoice at the end
          of the period. Minutes that were not used do not move to the next period.
        </p>
      </Part>

      <Part title="The trial">
        <p>
          {trial.days} days or {trial.minutes} minutes of calls, whichever is over first, with everything of{" "}
          {currentPlan(trial.plan).name} and without a card. Minutes of the trial are never charged, also if you
          subscribe later.
        </p>
      </Part>

      <Part title="Corrections">
        <p>
          What a provider reports late can change what a call counts for. Such a correction is never a change of what
          was written: it is a line of its own, in the period the call belongs to. If that period’s invoice was sent
          already, what was too much is credited to the next one.
        </p>
      </Part>

      <Part title="Changing the plan">
        <p>
          Before anything changes you see each line and the amount due at once. What you have paid for and not used of
          the old plan is given back to the second, the rest of the period costs the new plan’s price. The preview and
          the change are computed for the same second: the invoice is what you saw, to the cent. Minutes used until then
          are settled at the old plan’s price.
        </p>
      </Part>

      <Part title="When a payment fails">
        <p>
          For {GRACE_DAYS} days calls are answered as ever, and owners see it on every page. After that callers still
          hear a useful answer, your opening hours, and can leave a message; nobody is booked in until the invoice is
          paid. There is never dead air, and nothing is deleted.
        </p>
      </Part>

      <Part title="Your own limit">
        <p>
          An owner can limit what minutes beyond the plan may cost in a period. Owners get a letter at{" "}
          {inOrder.format(ALERT_PERCENTS.map(String))} % of it. When it is reached the same happens as above, until the
          next period begins or the limit is raised. Minutes that the plan includes are never kept back.
        </p>
      </Part>

      <Part title="Cancelling">
        <p>
          A cancelled plan works until the end of what was paid for, and the cancellation can be taken back until then.
          Calls, bookings and invoices stay readable and can be exported.
        </p>
      </Part>
    </article>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-8 flex flex-col gap-2">
    <h2 className="text-lg font-semibold">{title}</h2>
    {children}
  </section>
);

function PlanRow({ plan }: { plan: PlanVersion }) {
  const both = (amount: (prices: PlanVersion["prices"]["USD"]) => bigint) => (
    <>
      {price(amount(plan.prices.USD), "USD")}
      <span className="block text-xs text-muted">{price(amount(plan.prices.INR), "INR")}</span>
    </>
  );
  return (
    <Tr>
      <Td className="font-medium">{plan.name}</Td>
      <Td numeric>{both((prices) => prices.month)}</Td>
      <Td numeric className="max-sm:hidden">
        {both((prices) => prices.year)}
      </Td>
      <Td numeric>{figure.format(plan.minutesAMonth)}</Td>
      <Td numeric>{both((prices) => prices.perMinute)}</Td>
    </Tr>
  );
}
