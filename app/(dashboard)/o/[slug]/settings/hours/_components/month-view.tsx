import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import { formatTime } from "@/components/ui/time-format";
import { type MonthDay, monthAfter, sayMonth } from "../month";
import { weekdays } from "../weekdays";

type Props = {
  month: string;
  weeks: readonly (readonly (MonthDay | undefined)[])[];
  today: string;
  chosen: string | undefined;
  /** The address of a month, with a day of it chosen. */
  href: (month: string, date?: string) => string;
};

const arrow = "flex size-9 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink";

/** A month of dates; each is a link that puts it into the form below, so it works without scripts. */
export function MonthView({ month, weeks, today, chosen, href }: Props) {
  return (
    <div className="border-t px-4 py-4">
      <div className="mb-2 flex items-center justify-between">
        <h3 aria-live="polite" className="font-medium">
          {sayMonth(month)}
        </h3>
        <nav aria-label="Month" className="flex gap-1">
          <Link
            href={href(monthAfter(month, -1))}
            scroll={false}
            prefetch={false}
            aria-label="Month before"
            className={arrow}
          >
            <ChevronLeft aria-hidden className="size-4" />
          </Link>
          <Link
            href={href(monthAfter(month, 1))}
            scroll={false}
            prefetch={false}
            aria-label="Month after"
            className={arrow}
          >
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        </nav>
      </div>
      <table className="w-full table-fixed border-separate border-spacing-1 text-xs">
        <caption className="sr-only">Dates of {sayMonth(month)} with their hours</caption>
        <thead>
          <tr>
            {weekdays.map((day) => (
              <th key={day.weekday} scope="col" abbr={day.name} className="pb-1 font-medium text-muted">
                {day.name.slice(0, 3)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find(Boolean)?.iso}>
              {week.map((day, n) => (
                <td key={day?.iso ?? `none${weekdays[n]?.weekday}`} className="h-14 align-top">
                  {day && (
                    <Day
                      day={day}
                      isToday={day.iso === today}
                      isChosen={day.iso === chosen}
                      href={href(month, day.iso)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const say = (day: MonthDay) =>
  day.spans.length === 0
    ? "Closed"
    : day.spans.map((span) => `${formatMinuteOfDay(span.startMinute)}–${formatMinuteOfDay(span.endMinute)}`).join(", ");

function Day({ day, isToday, isChosen, href }: { day: MonthDay; isToday: boolean; isChosen: boolean; href: string }) {
  const hours = say(day);
  const reason = day.holiday ?? day.override?.reason;
  const look = cn(
    "flex h-full flex-col overflow-hidden rounded-md border px-1.5 py-1 leading-4",
    day.override || day.holiday
      ? "border-attention bg-attention-soft text-attention"
      : day.spans.length === 0 && "bg-sunken text-muted",
    isChosen && "outline-2 outline-ring",
  );
  const content = (
    <>
      <span className={cn("tabular", isToday && "font-semibold text-accent-ink")}>
        <span className="sr-only">{formatTime(`${day.iso}T00:00:00Z`, "UTC", "day")}: </span>
        <span aria-hidden>{day.dayOfMonth}</span>
        {isToday && <span className="sr-only">today, </span>}
      </span>
      <span className="tabular truncate max-sm:sr-only">{hours}</span>
      {(day.override || day.holiday) && <span aria-hidden className="mt-auto h-1 rounded-full bg-current sm:hidden" />}
      {reason && <span className="truncate max-sm:sr-only">{reason}</span>}
    </>
  );
  return day.isPast ? (
    <div className={cn(look, "border-transparent text-muted")}>{content}</div>
  ) : (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={isChosen ? "date" : undefined}
      title={[hours, reason].filter(Boolean).join(" · ")}
      className={cn(look, "hover:border-line-strong")}
    >
      {content}
    </Link>
  );
}
