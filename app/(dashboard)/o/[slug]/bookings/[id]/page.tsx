import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BookingStatus } from "@/components/bookings/booking-status";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { listAuditEntries } from "@/lib/events";
import { may } from "@/lib/organizations";
import { AppError } from "@/lib/platform/errors";
import { getBooking, getChangeTerms, isoOf, listLocations, localDayOf, zoneOf } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { makeManageLink, saveNotes, setStatus } from "../actions";
import { bookingsHref, one, type SearchParams } from "../addresses";
import { CallersLink } from "./_components/callers-link";
import { CancelButton } from "./_components/cancel-button";
import { Facts } from "./_components/facts";
import { NotesForm } from "./_components/notes-form";
import { SeriesCard } from "./_components/series-card";
import { StatusForm } from "./_components/status-form";
import { toHistory } from "./history";

export const metadata: Metadata = { title: "Booking" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function BookingPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const query = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const booking = await getBooking(ctx, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const terms = await getChangeTerms(ctx, id);
  const places = booking.locationId ? await listLocations(ctx, { includeArchived: true }) : [];
  const { items } = await listAuditEntries(ctx, { subjectId: id, limit: 50 });
  const mayWrite = may(ctx.actor, "bookings.write");
  const hasBegun = booking.startsAt <= ctx.clock.now();
  const date = isoOf(localDayOf(zoneOf(org.timeZone), booking.startsAt.getTime()));
  const news = one(query, "booked")
    ? "Booked."
    : one(query, "moved")
      ? Number(one(query, "moved")) > 1
        ? `${one(query, "moved")} bookings of the series are moved. Their old times are free again.`
        : "Moved. The old time is free again."
      : undefined;
  return (
    <>
      <PageHeader
        title={`${booking.serviceName} for ${booking.attendeeName || "somebody without a name"}`}
        description={`Times in ${org.timeZone}.`}
        back={{ href: bookingsHref(slug, { view: "day", date }), label: "Bookings of that day" }}
        actions={
          mayWrite &&
          booking.status === "confirmed" && (
            <>
              <ButtonLink href={`/o/${slug}/bookings/${id}/move`}>
                <CalendarClock aria-hidden /> Move
              </ButtonLink>
              <CancelButton slug={slug} booking={booking} terms={terms.cancel} timeZone={org.timeZone} />
            </>
          )
        }
      />
      <LiveRefresh url={`/o/${slug}/live`} kinds={["booking."]} />
      {news && <Banner className="mb-5 rounded-lg">{news}</Banner>}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="flex flex-col gap-5">
          <Card>
            <CardHeader title="Booking" actions={<BookingStatus status={booking.status} />} />
            <CardBody className="flex flex-col gap-5">
              <Facts
                booking={booking}
                freeUntilMs={terms.cancel.freeUntilMs}
                place={places.find((each) => each.id === booking.locationId)?.name}
                org={org}
              />
              {booking.status === "cancelled" && (
                <p className="rounded-lg bg-failed-soft px-3 py-2 break-words text-failed">
                  Cancelled {booking.cancelledAt && <Time instant={booking.cancelledAt} zone={org.timeZone} />}
                  {booking.cancelReason && `: “${booking.cancelReason}”`}
                </p>
              )}
              {mayWrite && hasBegun && booking.status !== "cancelled" && (
                <StatusForm action={setStatus.bind(null, slug, id)} status={booking.status} />
              )}
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Name and notes" />
            <CardBody>
              <NotesForm
                action={saveNotes.bind(null, slug, id)}
                name={booking.attendeeName}
                email={booking.attendeeEmail ?? ""}
                notes={booking.notes}
                readOnly={!mayWrite}
              />
            </CardBody>
          </Card>
        </div>
        <div className="flex flex-col gap-5">
          {booking.seriesId && (
            <SeriesCard ctx={ctx} slug={slug} booking={booking} seriesId={booking.seriesId} mayWrite={mayWrite} />
          )}
          {mayWrite && booking.status === "confirmed" && !hasBegun && (
            <Card>
              <CardHeader
                title="Link for the caller"
                description="With it they can see, move and cancel this booking, until a week after it."
              />
              <CardBody>
                <CallersLink action={makeManageLink.bind(null, slug, id)} />
              </CardBody>
            </Card>
          )}
          <Card>
            <CardHeader title="History" />
            <CardBody>
              <ol className="flex flex-col gap-3">
                {toHistory(items, org.timeZone).map((line) => (
                  <li key={line.id} className="border-l-2 pl-3">
                    <p className="break-words">
                      <span className="font-medium">{line.who}</span> {line.what}
                    </p>
                    <p className="text-xs text-muted">
                      <Time instant={line.at} zone={org.timeZone} />
                    </p>
                  </li>
                ))}
              </ol>
            </CardBody>
          </Card>
        </div>
      </div>
    </>
  );
}
