import Link from "next/link";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CalendarAlert } from "@/lib/calendars/schemas";

type Props = { slug: string; zone: string; alerts: readonly CalendarAlert[] };

/** Calendars that cannot be relied on, bookings that do not reach one, bookings on time that one takes: items of a list. */
export function CalendarAlerts({ slug, zone, alerts }: Props) {
  return alerts.map((alert) => (
    <li key={`${alert.kind} ${alert.id}`} data-list-item className="px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2">
        <Link
          href={alert.kind === "double_booked" ? `/o/${slug}/bookings/${alert.id}` : `/o/${slug}/settings/calendars`}
          className="min-w-0 font-medium break-words hover:underline"
        >
          {titleOf(alert)}
        </Link>
        <Status kind={alert.kind === "unreliable" && alert.isRevoked ? "failed" : "attention"}>{wordOf(alert)}</Status>
      </p>
      <p className="text-muted">{whatFollows(alert)}</p>
      <p className="text-xs text-muted">
        {alert.kind === "double_booked" ? (
          <Time instant={alert.startsAt} zone={zone} />
        ) : (
          <>
            since <Time instant={alert.since} zone={zone} relative />
          </>
        )}
      </p>
    </li>
  ));
}

function titleOf(alert: CalendarAlert): string {
  if (alert.kind === "double_booked") return `${alert.staff} is booked and busy in “${alert.calendar}”`;
  return `Calendar “${alert.calendar}” of ${alert.staff}`;
}

const words = { unreliable: "Not up to date", not_written: "Not written", double_booked: "Two at once" } as const;
function wordOf(alert: CalendarAlert): string {
  if (alert.kind !== "unreliable" || !(alert.isRevoked || alert.isPartial)) return words[alert.kind];
  return alert.isRevoked ? "Access withdrawn" : "Not read in full";
}

function whatFollows(alert: CalendarAlert): string {
  if (alert.kind === "unreliable") return `${alert.reason} Until then, times are booked to be confirmed.`;
  if (alert.kind === "not_written")
    return `${alert.bookings === 1 ? "1 booking is" : `${alert.bookings} bookings are`} not in it yet. ${alert.reason}`;
  return "The event came after the booking: move one of them.";
}
