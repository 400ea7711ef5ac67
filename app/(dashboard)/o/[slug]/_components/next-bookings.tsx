import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { Booking } from "@/lib/scheduling/schemas";

type Props = { slug: string; zone: string; bookings: readonly Booking[] };

export function NextBookings({ slug, zone, bookings }: Props) {
  return (
    <Card>
      <CardHeader title="Next bookings" level={2} />
      {bookings.length === 0 ? (
        <CardBody className="text-muted">No bookings ahead.</CardBody>
      ) : (
        <ul data-list className="divide-y">
          {bookings.map((booking) => (
            <li key={booking.id} data-list-item className="relative flex flex-wrap gap-x-3 px-4 py-3 hover:bg-hover">
              <Time instant={booking.startsAt} zone={zone} className="w-36 text-muted" />
              <span className="min-w-0 flex-1">
                <Link
                  href={`/o/${slug}/bookings/${booking.id}`}
                  className="block truncate font-medium after:absolute after:inset-0"
                >
                  {booking.attendeeName || "Without a name"}
                </Link>
                <span className="block truncate text-muted">
                  {booking.serviceName} with {booking.staffName}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
