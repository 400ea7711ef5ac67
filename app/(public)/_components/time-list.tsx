import Link from "next/link";
import { formatTime } from "@/components/ui/time-format";
import type { SlotOffer } from "@/lib/scheduling/schemas";
import type { MonthOfTimes } from "../month-of-times";
import { besides, cityOf, readAlike, sayDay } from "../said-times";

type Props = {
  month: MonthOfTimes;
  zone: string;
  businessZone: string;
  /** By place, where places have zones of their own. */
  placeZones: Readonly<Record<string, string>>;
  /** Times of several places stand side by side: each says where. */
  isWhereSaid?: boolean;
  href: (startMs: number) => string;
};

/** The times of the chosen day in the visitor's zone, with the business's beside where its clock reads otherwise. */
export function TimeList({ month, zone, businessZone, placeZones, isWhereSaid, href }: Props) {
  const { date, times } = month;
  const there = (slot: SlotOffer) => placeZones[slot.locationId ?? ""] ?? businessZone;
  const isAlike = times.every((slot) => readAlike([slot.startMs], zone, there(slot)));
  return (
    <section id="times" aria-labelledby="day" className="scroll-mt-4">
      <h2 id="day" className="mb-3 flex min-h-11 items-center text-heading font-semibold">
        {date ? sayDay(date) : "Nothing is free in this month"}
      </h2>
      {date && times.length === 0 && <p className="text-muted">Nothing is free on this day. Choose another one.</p>}
      {!date && month.monthAfter && (
        <p className="text-muted">Try the month after, or somebody else if you can choose.</p>
      )}
      <ul className="grid grid-cols-3 gap-2 md:grid-cols-2">
        {times.map((slot) => (
          <li key={slot.startMs}>
            <Link
              href={href(slot.startMs)}
              prefetch={false}
              className="flex min-h-11 flex-col items-center justify-center rounded-lg border border-line-strong/60 bg-surface px-2 py-1.5 text-center hover:border-accent hover:bg-accent-soft"
            >
              <span className="tabular font-semibold">{formatTime(slot.startMs, zone, "time")}</span>
              {!isAlike && (
                <span className="tabular text-xs text-muted">
                  {`${besides(slot.startMs, zone, there(slot))} ${cityOf(there(slot))}`}
                </span>
              )}
              {isWhereSaid && slot.location && (
                <span className="line-clamp-2 text-xs break-words text-muted">{slot.location}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
