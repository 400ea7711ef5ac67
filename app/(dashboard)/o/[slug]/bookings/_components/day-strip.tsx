import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { dayLabels, fullDay } from "../calendar-data";
import type { FreeTimes } from "../free-times";

type Props = { free: FreeTimes; href: (date: string) => string };

/** A week of days with how many times each has free; the chosen day is what the times below belong to. */
export function DayStrip({ free, href }: Props) {
  const arrow = cn(buttonClass({ variant: "ghost" }), "h-auto w-8 self-stretch p-0");
  return (
    <nav aria-label="Day" className="flex items-stretch gap-1">
      {free.weekBefore ? (
        <Link href={href(free.weekBefore)} scroll={false} aria-label="Week before" className={arrow}>
          <ChevronLeft aria-hidden />
        </Link>
      ) : (
        <span className="w-8 shrink-0" />
      )}
      <ul className="grid min-w-0 flex-1 grid-cols-7 gap-1">
        {free.week.map(({ iso, count }) => {
          const [weekday, day] = dayLabels(iso).label.split(" ");
          return (
            <li key={iso} className="min-w-0">
              <Link
                href={href(iso)}
                scroll={false}
                aria-current={iso === free.date ? "date" : undefined}
                className={cn(
                  "flex flex-col items-center rounded-lg border py-1.5 text-xs hover:bg-hover aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent-ink",
                  count === 0 && "text-muted",
                )}
              >
                <span className="sr-only">{`${fullDay(iso)}, ${count === 0 ? "nothing free" : `${count} free`}`}</span>
                <span aria-hidden>{weekday}</span>
                <span aria-hidden className="tabular text-heading font-semibold">
                  {day}
                </span>
                <span aria-hidden className="tabular">
                  {count === 0 ? "–" : count}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <Link href={href(free.weekAfter)} scroll={false} aria-label="Week after" className={arrow}>
        <ChevronRight aria-hidden />
      </Link>
    </nav>
  );
}
