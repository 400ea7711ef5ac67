import Link from "next/link";
import { DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import type { Organization } from "@/lib/organizations/schemas";
import type { Booking } from "@/lib/scheduling/schemas";

const sources: Record<Booking["source"], string> = {
  agent: "Booked by the agent",
  dashboard: "Entered by hand",
  link: "Booked by link",
  api: "Through the API",
  import: "Imported",
};

/** Why this person, where nobody asked for them by name. */
const chosenBy: Record<Booking["assignedBy"], string> = {
  asked: "",
  preferred: "usually serves them",
  round_robin: "it was their turn",
  only_one: "nobody else was free",
  together: "",
};

const link = "underline underline-offset-2 hover:no-underline";

/** What, when, with whom, and how it came. */
export function Facts({
  booking,
  freeUntilMs,
  place,
  org,
}: {
  booking: Booking;
  /** Its name, if the business has places. */
  place: string | undefined;
  freeUntilMs: number | null;
  org: Organization;
}) {
  const minutes = Math.round((booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000);
  return (
    <DescriptionList
      items={[
        {
          term: "When",
          value: (
            <span className="font-medium">
              <Time instant={booking.startsAt} zone={org.timeZone} /> –{" "}
              <Time instant={booking.endsAt} zone={org.timeZone} format="time" />
              <span className="font-normal text-muted"> ({minutes} min)</span>
            </span>
          ),
        },
        ...(booking.tentative
          ? [
              {
                term: "To be confirmed",
                value: (
                  <>
                    {booking.staffName}’s{" "}
                    <Link href={`/o/${org.slug}/settings/calendars`} className={link}>
                      calendar
                    </Link>{" "}
                    was not up to date when this was booked.
                  </>
                ),
              },
            ]
          : []),
        { term: "What", value: booking.serviceName },
        {
          term: "With",
          value: (
            <>
              <span className="break-words">{[booking.staffName, ...booking.otherStaff].join(", ")}</span>
              {chosenBy[booking.assignedBy] && (
                <span className="text-muted">
                  {` · ${chosenBy[booking.assignedBy]}${booking.assignedWhy ? ` (they had ${booking.assignedWhy})` : ""}`}
                </span>
              )}
            </>
          ),
        },
        ...(place ? [{ term: "Where", value: <span className="break-words">{place}</span> }] : []),
        ...(booking.resources.length > 0
          ? [{ term: "In", value: <span className="break-words">{booking.resources.join(", ")}</span> }]
          : []),
        {
          term: "Who",
          value: booking.contactId ? (
            <Link href={`/o/${org.slug}/contacts/${booking.contactId}`} className={link}>
              {booking.attendeeName || "Contact"}
            </Link>
          ) : (
            booking.attendeeName || <span className="text-muted">No name</span>
          ),
        },
        {
          term: "Telephone",
          value: booking.attendeePhone ? (
            <Phone e164={booking.attendeePhone} country={org.country} link />
          ) : (
            <span className="text-muted">None</span>
          ),
        },
        ...(booking.attendeeEmail
          ? [
              {
                term: "E-mail",
                value: (
                  <a href={`mailto:${booking.attendeeEmail}`} className={`${link} break-all`}>
                    {booking.attendeeEmail}
                  </a>
                ),
              },
            ]
          : []),
        {
          term: "Price",
          value:
            booking.priceCents === null ? (
              <span className="text-muted">On request</span>
            ) : (
              <Money minor={booking.priceCents} currency={org.currency} />
            ),
        },
        ...(freeUntilMs !== null && booking.status === "confirmed"
          ? [
              {
                term: "Free to cancel",
                value: (
                  <>
                    until <Time instant={freeUntilMs} zone={org.timeZone} />
                  </>
                ),
              },
            ]
          : []),
        ...(booking.feeCents > 0
          ? [
              {
                term: "Owed",
                value: (
                  <>
                    <Money minor={booking.feeCents} currency={booking.feeCurrency ?? org.currency} />
                    <span className="text-muted"> for a late change, not charged by Caly</span>
                  </>
                ),
              },
            ]
          : []),
        {
          term: "How it came",
          value: (
            <>
              {sources[booking.source]}, <Time instant={booking.createdAt} zone={org.timeZone} />
              {booking.callId && (
                <>
                  {" · "}
                  <Link href={`/o/${org.slug}/calls/${booking.callId}`} className={link}>
                    Open the call
                  </Link>
                </>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
