import { CircleCheck, CircleX, Clock } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Phone } from "@/components/ui/phone";
import { formatTime } from "@/components/ui/time-format";
import type { OfferStatus } from "@/lib/waitlist/schemas";
import { AppointmentFacts } from "../../_components/appointment-facts";
import { OwnTime } from "../../_components/own-time";
import { PostButton } from "../../_components/post-button";
import { PublicHeader } from "../../_components/public-header";
import { one, type SearchParams } from "../../addresses";
import { isRefusal, refusalInWords } from "../../refusals";
import { inWords } from "../../said-times";
import { offered } from "./offered";

export const metadata: Metadata = {
  title: { absolute: "A time for you" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

type Props = { params: Promise<{ token: string }>; searchParams: Promise<SearchParams> };

const titles: Record<OfferStatus, string> = {
  open: "A time has become free",
  accepted: "You have taken this time",
  declined: "You let this time go",
  expired: "This offer has run out",
  withdrawn: "This time can no longer be had",
};

/** What is kept for somebody who waits and until when; take it or let it go. Looking at it changes nothing: mail scanners follow links too. */
export default async function OfferPage({ params, searchParams }: Props) {
  const [{ token }, query] = [await params, await searchParams];
  const found = await offered(token);
  if (!found) notFound();
  const { offer, business, phone, book } = found;
  const { status, startsAt, endsAt, expiresAt, isWaiting } = offer;
  const until = `${formatTime(expiresAt, business.timeZone)} (${inWords(business.timeZone)})`;
  const refused = one(query, "refused");
  const isOpen = status === "open";
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader business={business.name} title={titles[status]} />
      <div role="status" className="mb-5 flex flex-col gap-2 empty:hidden">
        {isRefusal(refused) && (
          <p className="rounded-lg bg-failed-soft px-4 py-3 text-failed">{refusalInWords(refused)}</p>
        )}
        {isOpen && (
          <p className="flex gap-2 rounded-lg bg-attention-soft px-4 py-3 text-attention">
            <Clock aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              It is kept for you until <time dateTime={expiresAt.toISOString()}>{until}</time>. Afterwards it goes to
              the next on the list.
            </span>
          </p>
        )}
        {status === "accepted" && (
          <p className="flex gap-2 rounded-lg bg-done-soft px-4 py-3 text-done">
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
            It was booked for you.
          </p>
        )}
        {!isOpen && status !== "accepted" && (
          <p className="flex gap-2 rounded-lg bg-sunken px-4 py-3 text-muted">
            <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              {closed(status, until)}{" "}
              {isWaiting
                ? "You keep your place on the waiting list and hear of the next one."
                : "You are no longer on the waiting list."}
            </span>
          </p>
        )}
      </div>
      <Card>
        <CardBody>
          <AppointmentFacts
            what={offer.serviceName}
            startsAt={startsAt}
            endsAt={endsAt}
            zone={business.timeZone}
            businessZone={business.timeZone}
            who={offer.staffName}
            where={offer.where ?? undefined}
            name={offer.name || undefined}
            price={offer.priceCents === null ? undefined : { cents: offer.priceCents, currency: business.currency }}
          />
          <OwnTime startsAt={startsAt.toISOString()} endsAt={endsAt.toISOString()} zone={business.timeZone} />
        </CardBody>
        {(isOpen || status === "accepted") && (
          <CardFooter>
            <form method="post" action={`/offer/${token}/answer`}>
              <input type="hidden" name="what" value="accept" />
              <PostButton variant="primary">{isOpen ? "Take this time" : "See the appointment"}</PostButton>
            </form>
            {isOpen && (
              <ButtonLink href={`/offer/${token}/decline`} prefetch={false}>
                Let it go
              </ButtonLink>
            )}
          </CardFooter>
        )}
      </Card>
      <p className="mt-6 flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {phone && (
          <span>
            Questions? Call{" "}
            <Phone e164={phone} country={business.country} link className="underline underline-offset-2" />.
          </span>
        )}
        {!isOpen && status !== "accepted" && book && (
          <a href={book} className="underline underline-offset-2 hover:no-underline">
            Look for another time
          </a>
        )}
      </p>
    </div>
  );
}

function closed(status: OfferStatus, until: string): string {
  if (status === "declined") return "It goes to whoever is next on the list.";
  if (status === "expired")
    return `It was kept for you until ${until}, and then went on to whoever is next on the list.`;
  return "It was taken or closed meanwhile.";
}
