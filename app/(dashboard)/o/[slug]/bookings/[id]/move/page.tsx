import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { ChipLink } from "@/components/ui/chip-link";
import { PageHeader } from "@/components/ui/page-header";
import { formatTime } from "@/components/ui/time-format";
import { may } from "@/lib/organizations";
import { AppError } from "@/lib/platform/errors";
import { getBooking, getChangeTerms, isoInZone, listStaff, zoneOf } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { DayStrip } from "../../_components/day-strip";
import { moveToTime } from "../../actions";
import { one, type SearchParams } from "../../addresses";
import { fullDay } from "../../calendar-data";
import { type FreeTimes, loadFreeTimes, toChoice } from "../../free-times";
import { MoveForm } from "./_components/move-form";

export const metadata: Metadata = { title: "Move a booking" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function MoveBookingPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const query = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const booking = await getBooking(ctx, id).catch(orNotFound);
  const back = `/o/${slug}/bookings/${id}`;
  if (!may(ctx.actor, "bookings.write"))
    return (
      <NotAllowed
        title="Move a booking"
        back={{ href: back, label: "Booking" }}
        who="Your role can look at bookings, not move them"
      />
    );
  if (booking.status !== "confirmed") redirect(back);
  const people = (await listStaff(ctx)).filter((person) => person.serviceIds.includes(booking.serviceId));
  const isAnyone = one(query, "staff") === "any";
  const at = isoInZone(zoneOf(org.timeZone), booking.startsAt.getTime());
  const free = await loadFreeTimes(ctx, {
    serviceId: booking.serviceId,
    staffId: isAnyone ? undefined : booking.staffId,
    date: one(query, "date") ?? at.slice(0, 10),
    timeZone: org.timeZone,
  }).catch(noneWhenArchived(at.slice(0, 10)));
  const href = (staff: string) => (date: string) => `${back}/move?${new URLSearchParams({ staff, date })}`;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={`Move ${booking.attendeeName || "the booking"}`}
        description={`${booking.serviceName} with ${booking.staffName}, now ${formatTime(booking.startsAt, org.timeZone)}. Times in ${org.timeZone}.`}
        back={{ href: back, label: "Booking" }}
      />
      {people.length > 1 && (
        <nav aria-label="With whom" className="mb-4 flex flex-wrap gap-1.5">
          <ChipLink href={href("same")(free.date)} active={!isAnyone}>
            {booking.staffName}
          </ChipLink>
          <ChipLink href={href("any")(free.date)} active={isAnyone}>
            Anyone who is free
          </ChipLink>
        </nav>
      )}
      <MoveForm
        isOfSeries={booking.seriesId !== null}
        terms={(await getChangeTerms(ctx, id)).move}
        action={moveToTime.bind(null, slug, id)}
        backHref={back}
        day={fullDay(free.date)}
        strip={<DayStrip free={free} href={href(isAnyone ? "any" : "same")} />}
        times={free.times.map(toChoice)}
        isStaffShown={isAnyone}
        other={{ date: free.date, time: at.slice(11, 16), staffId: booking.staffId, override: false }}
        staff={people.map((person) => ({ value: person.id, label: person.name }))}
      />
    </div>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}

/** A service that is archived offers no times; its bookings can still be given one by hand. */
const noneWhenArchived =
  (date: string) =>
  (error: unknown): FreeTimes => {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
    return { date, week: [{ iso: date, count: 0 }], weekBefore: null, weekAfter: date, times: [] };
  };
