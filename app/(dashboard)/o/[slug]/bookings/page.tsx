import { Hourglass, Plus, Repeat } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { LiveRefresh } from "@/components/live/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { isoOf, listStaff, localDayOf, zoneOf } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { BookingsBar } from "./_components/bookings-bar";
import { BookingsCalendar } from "./_components/bookings-calendar";
import { BookingsList } from "./_components/bookings-list";
import { BookingsMonth } from "./_components/bookings-month";
import { BookingsSkeleton } from "./_components/bookings-skeleton";
import { NobodyYet } from "./_components/nobody-yet";
import { readPlace, type SearchParams } from "./addresses";

export const metadata: Metadata = { title: "Bookings" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function BookingsPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const query = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const today = isoOf(localDayOf(zoneOf(org.timeZone), ctx.clock.now().getTime()));
  const people = await listStaff(ctx);
  const asked = readPlace(query, today);
  const place = { ...asked, staff: people.find((person) => person.id === asked.staff)?.id };
  const mayWrite = may(ctx.actor, "bookings.write");
  return (
    <>
      <PageHeader
        title="Bookings"
        description={`Times in ${org.timeZone}.`}
        actions={
          people.length > 0 && (
            <>
              <ButtonLink href={`/o/${slug}/bookings/waitlist`}>
                <Hourglass aria-hidden className="max-sm:hidden" /> Waiting list
              </ButtonLink>
              <ButtonLink href={`/o/${slug}/bookings/series`}>
                <Repeat aria-hidden className="max-sm:hidden" /> Series
              </ButtonLink>
              {mayWrite && (
                <ButtonLink href={`/o/${slug}/bookings/new`} variant="primary">
                  <Plus aria-hidden /> New booking
                </ButtonLink>
              )}
            </>
          )
        }
      />
      <LiveRefresh url={`/o/${slug}/live`} kinds={["booking.", "availability.changed", "staff.changed"]} />
      {people.length === 0 && place.view !== "list" ? (
        <NobodyYet slug={slug} mayConfigure={may(ctx.actor, "scheduling.configure")} />
      ) : (
        <>
          <BookingsBar slug={slug} place={place} today={today} people={people} />
          {place.view === "list" ? (
            <BookingsList ctx={ctx} org={org} place={place} query={query} />
          ) : (
            <Suspense key={JSON.stringify(place)} fallback={<BookingsSkeleton />}>
              {place.view === "month" ? (
                <BookingsMonth ctx={ctx} org={org} place={place} />
              ) : (
                <BookingsCalendar ctx={ctx} org={org} place={place} mayWrite={mayWrite} />
              )}
            </Suspense>
          )}
        </>
      )}
    </>
  );
}
