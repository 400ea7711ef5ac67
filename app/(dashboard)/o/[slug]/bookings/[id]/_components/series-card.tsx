import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Context } from "@/lib/platform/context";
import { getSeries, getSeriesTerms, sayRule } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";
import { CancelSeriesButton } from "../../_components/cancel-series-button";

type Props = { ctx: Context; slug: string; booking: Booking; seriesId: string; mayWrite: boolean };

/** What a booking repeats with. */
export async function SeriesCard({ ctx, slug, booking, seriesId, mayWrite }: Props) {
  const series = await getSeries(ctx, seriesId);
  const isToCome = booking.status === "confirmed" && booking.startsAt > ctx.clock.now();
  const following = isToCome ? await getSeriesTerms(ctx, booking.id, "following") : undefined;
  return (
    <Card>
      <CardHeader
        title="Series"
        description={`${sayRule(series.rule)}, ${series.toCome} of ${series.total} bookings to come`}
      />
      <CardBody className="flex flex-col items-start gap-3">
        <Link
          href={`/o/${slug}/bookings/series/${seriesId}`}
          className="underline underline-offset-2 hover:no-underline"
        >
          See every date
        </Link>
        {mayWrite && following && following.count > 1 && (
          <CancelSeriesButton slug={slug} bookingId={booking.id} scope="following" {...following} />
        )}
      </CardBody>
    </Card>
  );
}
