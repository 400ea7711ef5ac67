import Link from "next/link";
import { BookingStatus } from "@/components/bookings/booking-status";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { CallDetails } from "@/lib/calls";
import { FollowUpDone } from "../../../_components/follow-up-done";
import { settleFollowUp } from "../../../actions";

type Props = {
  slug: string;
  zone: string;
  currency: string;
  mayWrite: boolean;
  call: Pick<CallDetails, "bookings" | "followUps">;
};

/** What the call led to: bookings, and what is left for a person. */
export function DoneCard({ slug, zone, currency, mayWrite, call }: Props) {
  if (call.bookings.length + call.followUps.length === 0) return null;
  return (
    <Card>
      <CardHeader title="What was done" level={2} />
      <ul className="divide-y">
        {call.bookings.map((booking) => (
          <li key={booking.id} className="relative px-4 py-3 hover:bg-hover">
            <p className="flex items-center justify-between gap-2">
              <Link
                href={`/o/${slug}/bookings/${booking.id}`}
                className="min-w-0 truncate font-medium after:absolute after:inset-0"
              >
                {booking.service}
              </Link>
              <BookingStatus status={booking.status} plain />
            </p>
            <p className="text-muted">
              <Time instant={booking.startsAt} zone={zone} /> with {booking.staff}
              {booking.priceCents !== null && (
                <>
                  {" · "}
                  <Money minor={booking.priceCents} currency={currency} />
                </>
              )}
            </p>
          </li>
        ))}
        {call.followUps.map((each) => (
          <li key={each.id} className="flex items-start gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                {each.kind === "callback" ? "Call back" : each.kind === "handover" ? "A person" : "Message"}
              </p>
              <p className="break-words">{each.text}</p>
              {each.doneAt && (
                <p className="text-xs text-muted">
                  Done <Time instant={each.doneAt} zone={zone} />
                  {each.doneBy && each.doneBy !== "erased" ? ` by ${each.doneBy}` : ""}
                </p>
              )}
            </div>
            {mayWrite && !each.doneAt && (
              <FollowUpDone what={each.callerName || "follow-up"} settle={settleFollowUp.bind(null, slug, each.id)} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
