import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { MonthOfTimes } from "../month-of-times";
import { sayDay, sayMonth } from "../said-times";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

type Props = { month: MonthOfTimes; href: (query: { month?: string; date?: string }) => string };

/** A month of days as plain links: each says how many times it has. */
export function MonthGrid({ month, href }: Props) {
  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-2">
        <Turn to={month.monthBefore} href={href} label="Month before" />
        <h2 id="month" className="text-heading font-semibold" aria-live="polite">
          {sayMonth(month.month)}
        </h2>
        <Turn to={month.monthAfter} href={href} label="Month after" isNext />
      </div>
      <table aria-labelledby="month" className="w-full table-fixed border-separate border-spacing-0.5">
        <thead>
          <tr>
            {weekdays.map((day) => (
              <th key={day} scope="col" className="pb-1 text-center text-xs font-normal text-muted">
                <abbr title={day} className="no-underline">
                  {day.slice(0, 2)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week.find(Boolean)?.iso}>
              {week.map((day, n) => (
                <td key={day?.iso ?? weekdays[n]} className="p-0">
                  {day && <Day day={day} isChosen={day.iso === month.date} href={href({ date: day.iso })} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({ day, isChosen, href }: { day: { iso: string; count: number }; isChosen: boolean; href: string }) {
  const shape = "flex h-11 flex-col items-center justify-center rounded-lg text-sm tabular";
  const number = Number(day.iso.slice(8));
  if (day.count === 0 && !isChosen) return <span className={cn(shape, "text-muted")}>{number}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isChosen ? "date" : undefined}
      className={cn(
        shape,
        "border border-transparent bg-accent-soft font-semibold text-accent-ink hover:border-accent aria-[current]:bg-accent aria-[current]:text-on-accent",
      )}
    >
      <span aria-hidden>{number}</span>
      <span className="sr-only">{`${sayDay(day.iso)}, ${day.count === 0 ? "nothing free" : `${day.count} free`}`}</span>
    </Link>
  );
}

type TurnProps = { to: string | null; label: string; isNext?: boolean } & Pick<Props, "href">;

function Turn({ to, href, label, isNext }: TurnProps) {
  if (!to) return <span className="size-11" />;
  const Icon = isNext ? ChevronRight : ChevronLeft;
  return (
    <Link
      href={href({ month: to })}
      prefetch={false}
      scroll={false}
      aria-label={`${label}, ${sayMonth(to)}`}
      className={cn(buttonClass({ variant: "ghost" }), "size-11 p-0")}
    >
      <Icon aria-hidden />
    </Link>
  );
}
