import { Download } from "lucide-react";
import type { Metadata } from "next";
import { count } from "@/components/billing/usage-bar";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/components/ui/money-format";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatRow } from "@/components/ui/stat";
import { formatTime } from "@/components/ui/time-format";
import { listDifferences, readFigures } from "@/lib/operator";
import { operatorContext } from "@/lib/wiring/operator-context";
import { CohortsCard } from "./_components/cohorts-card";
import { DifferencesCard } from "./_components/differences-card";
import { monthInWords } from "./_components/month-words";
import { MonthsCard } from "./_components/months-card";
import { MONTHS_ON_PAPER } from "./_components/on-paper";
import { PrintButton } from "./_components/print-button";
import { RecurringCard } from "./_components/recurring-card";

export const metadata: Metadata = { title: "Operator" };

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** How the deployment does, for who runs it: one page that prints. */
export default async function OperatorPage({ searchParams }: Props) {
  const operator = await operatorContext();
  const { cursor } = await searchParams;
  const from = typeof cursor === "string" ? cursor : undefined;
  const [figures, differences] = await Promise.all([
    readFigures(operator),
    listDifferences({ ...operator, cursor: from }),
  ]);
  const { currencies, calls, trials, months } = figures;
  const booked = calls.at(-1)?.booked ?? 0;
  const running = trials.reduce((sum, month) => sum + month.running, 0);
  return (
    <>
      <PageHeader
        title="How it goes"
        description={`${months[0] === undefined ? "" : `${monthInWords(months[0])} to now; `}months of UTC, as of ${formatTime(operator.clock.now(), "UTC", "full")}.`}
        actions={
          <>
            <PrintButton />
            <a href="/operator/export.csv" download className={buttonClass({})}>
              <Download aria-hidden />
              Export CSV
            </a>
          </>
        }
      />
      <div className="flex flex-col gap-4 print:gap-2 print:[zoom:0.75]">
        {months.length > MONTHS_ON_PAPER && (
          <p className="hidden text-xs text-muted print:block">
            The last {MONTHS_ON_PAPER} months; the CSV file has them all.
          </p>
        )}
        <StatRow>
          <Stat value={count(booked)} label={booked === 1 ? "call booked this month" : "calls booked this month"} />
          {currencies.map(({ currency, movements }) => (
            <Stat
              key={currency}
              value={formatMoney(movements.at(-1)?.recurring ?? 0n, currency, { digits: 0 })}
              label={`a month, ${currency}`}
              hint={`${count(movements.at(-1)?.paying ?? 0)} paying`}
            />
          ))}
          <Stat value={count(running)} label={running === 1 ? "trial running" : "trials running"} />
          <Stat
            value={count(differences.total)}
            label={differences.total === 1 ? "open difference" : "open differences"}
          />
        </StatRow>
        {currencies.length === 0 && (
          <EmptyState title="Nobody has paid yet">
            What organisations pay appears here with their first invoice.
          </EmptyState>
        )}
        {currencies.map((each) => (
          <RecurringCard key={each.currency} figures={each} />
        ))}
        <MonthsCard figures={figures} />
        <div className="contents print:grid print:grid-cols-2 print:gap-2">
          {currencies.map((each) => (
            <CohortsCard key={each.currency} figures={each} />
          ))}
        </div>
        <DifferencesCard {...differences} isFirst={from === undefined} />
      </div>
    </>
  );
}
