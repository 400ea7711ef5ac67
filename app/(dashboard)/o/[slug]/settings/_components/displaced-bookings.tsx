import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { formatPhone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import { formatTime } from "@/components/ui/time-format";
import type { Organization } from "@/lib/organizations/schemas";
import type { Booking } from "@/lib/scheduling/schemas";

type Props = { org: Organization; bookings: readonly Booking[]; mayWrite: boolean };

/** What was booked before a time was closed, each with the way to move or cancel it; nothing where there is none. */
export function DisplacedBookings({ org, bookings, mayWrite }: Props) {
  if (bookings.length === 0) return null;
  const one = bookings.length === 1;
  return (
    <Card id="displaced" aria-labelledby="displaced-title">
      <CardHeader
        title={
          <span id="displaced-title">
            {one ? "One booking lies" : `${bookings.length} bookings lie`} in closed time
          </span>
        }
        description={`Closing moved and cancelled nothing: whoever booked comes unless you change ${one ? "it" : "them"}.`}
      />
      <ul className="divide-y border-t">
        {bookings.map((booking) => {
          const href = `/o/${org.slug}/bookings/${booking.id}`;
          const who =
            booking.attendeeName ||
            (booking.attendeePhone && formatPhone(booking.attendeePhone, org.country)) ||
            "No name";
          const when = formatTime(booking.startsAt, booking.timeZone);
          return (
            <li key={booking.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
              <Link href={href} className="tabular font-medium hover:underline">
                <Time instant={booking.startsAt} zone={booking.timeZone} />
              </Link>
              <span className="min-w-40 flex-1 break-words max-sm:order-last max-sm:basis-full">
                {who}
                <span className="text-muted">
                  {" "}
                  · {booking.serviceName}, {booking.staffName}
                </span>
              </span>
              {mayWrite && (
                <span className="flex gap-1 max-sm:-mr-2.5 max-sm:ml-auto">
                  <ButtonLink href={`${href}/move`} variant="ghost" size="sm" aria-label={`Move ${who}, ${when}`}>
                    Move
                  </ButtonLink>
                  <ButtonLink href={href} variant="ghost" size="sm" aria-label={`Cancel ${who}, ${when}`}>
                    Cancel
                  </ButtonLink>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
