import { CalendarCheck, Phone } from "lucide-react";
import Link from "next/link";
import { BookingStatus } from "@/components/bookings/booking-status";
import { Duration } from "@/components/ui/duration";
import { Time } from "@/components/ui/time";
import { outcomeText } from "../../../_components/call-words";
import type { TimelineEntry } from "../timeline";

type Props = { slug: string; zone: string; entries: readonly TimelineEntry[] };

/** Calls and bookings of one contact in one line of time. */
export function ContactTimeline({ slug, zone, entries }: Props) {
  return (
    <ol data-list className="divide-y rounded-lg border bg-surface" aria-label="Timeline">
      {entries.map((entry) => {
        const isCall = entry.kind === "call";
        const id = isCall ? entry.call.id : entry.booking.id;
        return (
          <li key={id} data-list-item className="relative flex gap-3 px-4 py-3 hover:bg-hover">
            <span className="mt-0.5 text-muted">
              {isCall ? (
                <Phone aria-label="Call" className="size-4" />
              ) : (
                <CalendarCheck aria-label="Booking" className="size-4" />
              )}
            </span>
            <div className="min-w-0 flex-1">
              <Link
                href={isCall ? `/o/${slug}/calls/${id}` : `/o/${slug}/bookings/${id}`}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {isCall
                  ? (outcomeText(entry.call, zone) ?? "Call")
                  : `${entry.booking.serviceName} with ${entry.booking.staffName}`}
              </Link>
              {isCall && entry.call.summary && (
                <p className="line-clamp-2 break-words text-muted">{entry.call.summary}</p>
              )}
              {!isCall && <BookingStatus status={entry.booking.status} plain />}
            </div>
            <div className="shrink-0 text-right text-xs text-muted">
              <Time instant={entry.at} zone={zone} />
              {isCall && entry.call.durationSeconds !== null && (
                <p>
                  <Duration seconds={entry.call.durationSeconds} />
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
