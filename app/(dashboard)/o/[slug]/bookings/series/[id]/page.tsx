import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { BookingStatus } from "@/components/bookings/booking-status";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/lib/organizations";
import { AppError } from "@/lib/platform/errors";
import { getSeries, getSeriesTerms, listSeriesBookings, localMinuteOf, sayRule, zoneOf } from "@/lib/scheduling";
import type { Series, SeriesPart } from "@/lib/scheduling/schemas";
import { memberContext } from "@/lib/wiring/member-context";
import { CancelSeriesButton } from "../../_components/cancel-series-button";
import { one, type SearchParams } from "../../addresses";
import { fullDay } from "../../calendar-data";

export const metadata: Metadata = { title: "Series" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function SeriesPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const booked = one(await searchParams, "booked");
  const { ctx, org } = await memberContext(slug);
  const series = await getSeries(ctx, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const bookings = await listSeriesBookings(ctx, id);
  const minuteOf = (instant: Date) => localMinuteOf(zoneOf(series.timeZone), instant.getTime());
  const next = bookings.find((booking) => booking.status === "confirmed" && booking.startsAt > ctx.clock.now());
  const toCancel = next && may(ctx.actor, "bookings.write") ? await getSeriesTerms(ctx, next.id, "all") : undefined;
  return (
    <>
      <PageHeader
        title={`${series.serviceName} for ${series.attendeeName || "somebody without a name"}`}
        description={`${sayRule(series.rule)} with ${series.staffName}, ${series.toCome} of ${series.total} to come. Times in ${org.timeZone}.`}
        back={{ href: `/o/${slug}/bookings/series`, label: "Series" }}
        actions={next && toCancel && <CancelSeriesButton slug={slug} bookingId={next.id} scope="all" {...toCancel} />}
      />
      <LiveRefresh url={`/o/${slug}/live`} kinds={["series.", "booking."]} />
      {booked && <Banner className="mb-5 rounded-lg">{`Booked: ${Number(booked) || bookings.length} dates.`}</Banner>}
      <div className="flex max-w-3xl flex-col gap-5">
        <Parts slug={slug} series={series} />
        <Card>
          <Table label="Dates of the series">
            <THead>
              <Tr>
                <Th>When</Th>
                <Th className="max-sm:hidden">With</Th>
                <Th>State</Th>
              </Tr>
            </THead>
            <TBody data-list>
              {bookings.map((booking) => (
                <Tr key={booking.id} data-list-item>
                  <Td>
                    <Link href={`/o/${slug}/bookings/${booking.id}`} className="font-medium hover:underline">
                      <Time instant={booking.startsAt} zone={org.timeZone} />
                    </Link>
                    {minuteOf(booking.startsAt) !== series.startMinute && (
                      <span className="block text-xs text-muted">
                        {`not at the series' time, ${formatMinuteOfDay(series.startMinute)}`}
                      </span>
                    )}
                  </Td>
                  <Td className="max-w-40 truncate max-sm:hidden">{booking.staffName}</Td>
                  <Td>
                    <BookingStatus status={booking.status} plain />
                  </Td>
                </Tr>
              ))}
            </TBody>
          </Table>
        </Card>
        {series.exceptOn.length > 0 && (
          <Card>
            <CardHeader title="Left out" description="Dates that were not wanted, or could not be had." />
            <CardBody>
              <ul className="flex flex-col gap-1">
                {series.exceptOn.map((iso) => (
                  <li key={iso}>{fullDay(iso)}</li>
                ))}
              </ul>
            </CardBody>
          </Card>
        )}
      </div>
    </>
  );
}

/** What the series was before and is later, and what changing it from one date on does. */
function Parts({ slug, series: { splitFrom, goesOnAs, startsOn, startMinute } }: { slug: string; series: Series }) {
  const partLink = ({ id }: SeriesPart, text: string) => (
    <Link href={`/o/${slug}/bookings/series/${id}`} className="underline underline-offset-2 hover:no-underline">
      {text}
    </Link>
  );
  const when = (part: Omit<SeriesPart, "id">) => `${fullDay(part.startsOn)} at ${formatMinuteOfDay(part.startMinute)}`;
  return (
    <div className="flex flex-col gap-2">
      {splitFrom && (
        <Banner className="rounded-lg">
          {`Changed from here on, ${when({ startsOn, startMinute })}. Before, it was `}
          {partLink(splitFrom, `the series from ${when(splitFrom)}`)}.
        </Banner>
      )}
      {goesOnAs.map((part) => (
        <Banner key={part.id} className="rounded-lg">
          {"It was changed and goes on as "}
          {partLink(part, `the series from ${when(part)}`)}.
        </Banner>
      ))}
      <p className="text-muted">
        To change it from one date on, open that date and choose “This one and those that follow”: the dates before stay
        as they are, and those from there on become a series of their own.
      </p>
    </div>
  );
}
