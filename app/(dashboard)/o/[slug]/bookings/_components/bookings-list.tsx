import { CalendarDays } from "lucide-react";
import Link from "next/link";
import { BookingStatus } from "@/components/bookings/booking-status";
import { Card } from "@/components/ui/card";
import { ChipLink } from "@/components/ui/chip-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Pagination } from "@/components/ui/pagination";
import { formatPhone } from "@/components/ui/phone";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Organization } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import { listBookings, parseIsoDay, toInstant, zoneOf } from "@/lib/scheduling";
import type { Booking, BookingStatus as Status } from "@/lib/scheduling/schemas";
import { bookingsHref, one, type Place, type SearchParams } from "../addresses";

const filters: { status: Status | undefined; label: string }[] = [
  { status: undefined, label: "All" },
  { status: "confirmed", label: "Confirmed" },
  { status: "completed", label: "Completed" },
  { status: "no_show", label: "Did not come" },
  { status: "cancelled", label: "Cancelled" },
];

type Props = { ctx: Context; org: Organization; place: Place; query: SearchParams };

/** Bookings by start from the chosen day on; pages keep their place while bookings come and go. */
export async function BookingsList({ ctx, org, place, query }: Props) {
  const status = filters.find((filter) => filter.status === one(query, "status"))?.status;
  const found = await listBookings(ctx, {
    from: new Date(toInstant(zoneOf(org.timeZone), parseIsoDay(place.date) ?? 0, 0)),
    staffId: place.staff,
    statuses: status && [status],
    cursor: one(query, "cursor"),
    direction: one(query, "direction") === "earlier" ? "earlier" : "later",
    limit: 50,
  });
  const href = (changes: Record<string, string | undefined>) =>
    bookingsHref(org.slug, { ...place, status, ...changes });
  const page = (cursor: string | null, direction: string) => (cursor ? href({ cursor, direction }) : undefined);
  return (
    <>
      <nav aria-label="Which bookings" className="mb-3 flex flex-wrap gap-1.5">
        {filters.map((filter) => (
          <ChipLink key={filter.label} href={href({ status: filter.status })} active={filter.status === status}>
            {filter.label}
          </ChipLink>
        ))}
      </nav>
      {found.items.length === 0 ? (
        <EmptyState title="No bookings here" icon={<CalendarDays />}>
          What callers book, and what you enter by hand, appears here by its start.
        </EmptyState>
      ) : (
        <Card>
          <Table label="Bookings">
            <THead>
              <Tr>
                <Th>When</Th>
                <Th>Who</Th>
                <Th className="max-sm:hidden">What</Th>
                <Th className="max-sm:hidden">With</Th>
                <Th>State</Th>
                <Th numeric className="max-sm:hidden">
                  Price
                </Th>
              </Tr>
            </THead>
            <TBody data-list>
              {found.items.map((booking) => (
                <BookingRow key={booking.id} booking={booking} org={org} />
              ))}
            </TBody>
          </Table>
        </Card>
      )}
      <Pagination
        newerHref={page(found.earlierCursor, "earlier")}
        newerLabel="Earlier"
        olderHref={page(found.laterCursor, "later")}
        olderLabel="Later"
      />
    </>
  );
}

function BookingRow({ booking, org }: { booking: Booking; org: Organization }) {
  const phone = booking.attendeePhone && formatPhone(booking.attendeePhone, org.country);
  return (
    <Tr data-list-item>
      <Td>
        <Link href={`/o/${org.slug}/bookings/${booking.id}`} className="font-medium hover:underline">
          <Time instant={booking.startsAt} zone={org.timeZone} />
        </Link>
        <span className="line-clamp-2 max-w-32 text-xs [overflow-wrap:anywhere] text-muted sm:hidden">
          {booking.serviceName}, {booking.staffName}
        </span>
      </Td>
      <Td className="max-w-56 min-w-32 max-sm:max-w-28 max-sm:min-w-24">
        <span className="line-clamp-2 [overflow-wrap:anywhere]">{booking.attendeeName || phone || "No name"}</span>
        {booking.attendeeName && phone && <span className="tabular block text-xs text-muted">{phone}</span>}
      </Td>
      <Td className="max-w-48 truncate max-sm:hidden">{booking.serviceName}</Td>
      <Td className="max-w-40 truncate max-sm:hidden">{booking.staffName}</Td>
      <Td>
        <BookingStatus status={booking.status} plain />
      </Td>
      <Td numeric className="max-sm:hidden">
        {booking.priceCents !== null && <Money minor={booking.priceCents} currency={org.currency} />}
      </Td>
    </Tr>
  );
}
