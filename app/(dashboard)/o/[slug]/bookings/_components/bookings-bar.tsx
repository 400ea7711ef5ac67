import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { ChipLink } from "@/components/ui/chip-link";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { SegmentedLinks } from "@/components/ui/segmented";
import { isoOf, mondayOf, parseIsoDay } from "@/lib/scheduling";
import { bookingsHref, laterBy, type Place } from "../addresses";
import { daysRange, fullDay, monthName } from "../calendar-data";
import { firstOfMonth } from "../weeks-of-month";

type Props = {
  slug: string;
  place: Place;
  today: string;
  people: readonly { id: string; name: string }[];
};

/** Which days, how they are drawn, and whose. Everything is an address: it works without scripts and can be sent to somebody. */
export function BookingsBar({ slug, place, today, people }: Props) {
  const { view, date, staff } = place;
  const href = (changes: Partial<Place>) => bookingsHref(slug, { view, date, staff, ...changes });
  const unit = view === "day" ? "Day" : view === "month" ? "Month" : "Week";
  const by = (steps: number) =>
    view === "month" ? firstOfMonth(date, steps) : laterBy(date, view === "day" ? steps : 7 * steps);
  const arrow = cn(buttonClass({}), "size-9 p-0");
  return (
    <div className="mb-4 flex flex-col gap-3" data-print="hide">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <SegmentedLinks
          label="View"
          options={[
            { href: href({ view: "week" }), label: "Week" },
            { href: href({ view: "day" }), label: "Day" },
            { href: href({ view: "month" }), label: "Month" },
            { href: href({ view: "list" }), label: "List" },
          ]}
          current={href({})}
        />
        <nav aria-label="Days" className="flex items-center gap-1.5">
          <Link href={href({ date: by(-1) })} aria-label={`${unit} before`} className={arrow}>
            <ChevronLeft aria-hidden />
          </Link>
          <ButtonLink href={href({ date: today })} aria-current={date === today ? "date" : undefined}>
            Today
          </ButtonLink>
          <Link href={href({ date: by(1) })} aria-label={`${unit} after`} className={arrow}>
            <ChevronRight aria-hidden />
          </Link>
        </nav>
        <h2 className="text-heading font-semibold">{said(place)}</h2>
        <form action={`/o/${slug}/bookings`} className="flex items-center gap-1.5 lg:ml-auto">
          <input type="hidden" name="view" value={view} />
          {staff && <input type="hidden" name="staff" value={staff} />}
          <Input
            key={date}
            type="date"
            name="date"
            aria-label="Go to a date"
            defaultValue={date}
            className="tabular w-40"
            required
          />
          <button type="submit" className={buttonClass({})}>
            Go
          </button>
        </form>
      </div>
      {people.length > 1 && (
        <nav aria-label="Whose bookings" className="-m-1 flex gap-1.5 overflow-x-auto p-1 sm:flex-wrap [&>*]:shrink-0">
          <ChipLink href={href({ staff: undefined })} active={!staff}>
            Everyone
          </ChipLink>
          {people.map((person) => (
            <ChipLink key={person.id} href={href({ staff: person.id })} active={staff === person.id}>
              <span className="max-w-40 truncate">{person.name}</span>
            </ChipLink>
          ))}
        </nav>
      )}
    </div>
  );
}

function said({ view, date }: Place): string {
  if (view === "day") return fullDay(date);
  if (view === "month") return monthName(date);
  if (view === "list") return `From ${fullDay(date)}`;
  const monday = isoOf(mondayOf(parseIsoDay(date) ?? 0));
  return daysRange(monday, laterBy(monday, 6));
}
