import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import type { Organization } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import { type Availability, getAvailability, parseIsoDay } from "@/lib/scheduling";
import { bookingsHref, type Place } from "../addresses";
import { dayLabels } from "../calendar-data";
import { weeksOfMonth } from "../weeks-of-month";

type Props = { ctx: Context; org: Organization; place: Place };
type Entry = Availability["bookings"][number];

const SHOWN = 3;
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** How full a month is: each day leads to its own calendar. */
export async function BookingsMonth({ ctx, org, place }: Props) {
  const weeks = weeksOfMonth(place.date);
  const dates = weeks.flat().filter((iso) => iso !== undefined);
  const { days, bookings, todayIso } = await getAvailability(ctx, {
    from: parseIsoDay(dates[0] ?? place.date) ?? 0,
    days: dates.length,
    staffId: place.staff,
  });
  const byDay = Map.groupBy(
    bookings.filter((booking) => !booking.partOf),
    (booking) => booking.dayIso,
  );
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-xs">
        <caption className="sr-only">Bookings of the month</caption>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col" abbr={name} className="border-b px-1 py-2 font-medium text-muted">
                {name.slice(0, 3)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find(Boolean)} className="divide-x border-b last:border-b-0">
              {week.map((iso, n) => (
                <td key={iso ?? weekdays[n]} className={cn("h-16 p-0 align-top sm:h-28", !iso && "bg-sunken")}>
                  {iso && (
                    <Day
                      href={bookingsHref(org.slug, { view: "day", date: iso, staff: place.staff })}
                      iso={iso}
                      isToday={iso === todayIso}
                      day={days.find((each) => each.iso === iso)}
                      bookings={byDay.get(iso) ?? []}
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

type DayProps = {
  href: string;
  iso: string;
  isToday: boolean;
  day: Availability["days"][number] | undefined;
  bookings: readonly Entry[];
};

function Day({ href, iso, isToday, day, bookings }: DayProps) {
  const note = day?.closure || (day?.isClosed ? "Closed" : "");
  const count = bookings.length;
  const more = count - SHOWN;
  return (
    <Link
      href={href}
      prefetch={false}
      className={cn(
        "focus-inset flex h-full flex-col gap-0.5 px-1.5 py-1 hover:bg-hover",
        day?.isClosed && "bg-sunken",
      )}
    >
      <span className="flex flex-wrap items-baseline justify-between gap-x-1 gap-y-0.5">
        <span
          aria-hidden
          className={cn("tabular font-medium", isToday && "rounded-full bg-accent px-1.5 text-on-accent")}
        >
          {Number(iso.slice(8))}
        </span>
        <span className="sr-only">
          {dayLabels(iso).longLabel}
          {isToday && ", today"}
          {note && `, ${note}`}, {count === 1 ? "1 booking" : `${count} bookings`}
        </span>
        {count > 0 && (
          <span
            aria-hidden
            className="tabular rounded-full bg-accent-soft px-1.5 text-accent-ink sm:bg-transparent sm:px-0 sm:text-muted"
          >
            {count}
          </span>
        )}
      </span>
      {note && (
        <span aria-hidden className="truncate text-muted max-sm:hidden">
          {note}
        </span>
      )}
      <span aria-hidden className="flex min-w-0 flex-col max-sm:hidden">
        {bookings.slice(0, more === 1 ? SHOWN + 1 : SHOWN).map((booking) => (
          <span key={booking.id} className="truncate">
            <span className="tabular text-muted">{formatMinuteOfDay(booking.startMinute)}</span>{" "}
            {booking.attendeeName || booking.serviceName}
          </span>
        ))}
        {more > 1 && <span className="text-muted">and {more} more</span>}
      </span>
    </Link>
  );
}
