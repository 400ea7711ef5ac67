import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatTime } from "@/components/ui/time-format";
import { listServices, listStaff } from "@/lib/scheduling";
import { AppointmentFacts } from "../../../_components/appointment-facts";
import { PostButton } from "../../../_components/post-button";
import { PublicHeader } from "../../../_components/public-header";
import { TermsSaid } from "../../../_components/terms-said";
import { TimePicker } from "../../../_components/time-picker";
import { TooLate } from "../../../_components/too-late";
import { one, type SearchParams, withQuery } from "../../../addresses";
import { findOffer, readInstant } from "../../../find-offer";
import { loadMonth } from "../../../month-of-times";
import { isRefusal, refusalInWords } from "../../../refusals";
import { inWords } from "../../../said-times";
import { visitorZone } from "../../../visitor-zone";
import { managed } from "../managed";

export const metadata: Metadata = {
  title: { absolute: "Move your appointment" },
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

type Props = { params: Promise<{ token: string }>; searchParams: Promise<SearchParams> };

export default async function MovePage({ params, searchParams }: Props) {
  const [{ token }, query] = [await params, await searchParams];
  const found = await managed(token);
  if (!found) notFound();
  const { ctx, booking, business, isOpen, phone } = found;
  const terms = found.terms.move;
  if (!isOpen) redirect(`/manage/${token}`);
  const here = `/manage/${token}/move`;
  const zone = visitorZone(one(query, "zone"));
  const isAnyone = one(query, "staff") === "any";
  const kept = { zone, staff: isAnyone ? "any" : undefined };
  const service = (await listServices(ctx)).find((each) => each.id === booking.serviceId);
  const people = (await listStaff(ctx)).filter(
    (person) => person.serviceIds.includes(booking.serviceId) && person.locationId === booking.locationId,
  );
  // Moved in time, not to another place.
  const locationId = booking.locationId ?? undefined;
  const asked = { serviceId: booking.serviceId, staffId: isAnyone ? undefined : booking.staffId, locationId };
  const startMs = readInstant(one(query, "at"));
  const offer = service && startMs !== undefined ? await findOffer(ctx, { ...asked, startMs }) : undefined;
  const refused = startMs !== undefined && !offer ? "unknown_slot" : one(query, "refused");
  const minutes = booking.endsAt.getTime() - booking.startsAt.getTime();
  const header = (
    <PublicHeader
      business={business.name}
      title={offer ? "Move to this time?" : "Move your appointment"}
      back={
        offer
          ? { href: withQuery(here, kept), label: "Another time" }
          : { href: `/manage/${token}`, label: "Your appointment" }
      }
    >
      {terms.feeCents > 0 && <p className="font-medium text-attention">Moving now costs {terms.fee}.</p>}
      <p className="text-muted">
        {booking.serviceName} with {booking.staffName}, now {formatTime(booking.startsAt, zone ?? business.timeZone)} (
        {inWords(zone ?? business.timeZone)}).
      </p>
    </PublicHeader>
  );
  if (!service)
    return (
      <>
        {header}
        <EmptyState title="It cannot be moved here">
          The business no longer offers {booking.serviceName}. Get in touch with it, or cancel.
        </EmptyState>
      </>
    );
  if (!terms.isAllowed)
    return (
      <>
        {header}
        <TooLate phone={phone} country={business.country} />
      </>
    );
  if (offer)
    return (
      <div className="mx-auto max-w-2xl">
        {header}
        <form method="post" action={`/manage/${token}/change`}>
          <input type="hidden" name="what" value="move" />
          <input type="hidden" name="slot" value={offer.slot} />
          <Card>
            <CardBody className="flex flex-col gap-5">
              <AppointmentFacts
                what={booking.serviceName}
                startsAt={new Date(offer.startMs)}
                endsAt={new Date(offer.startMs + minutes)}
                zone={zone ?? business.timeZone}
                businessZone={business.timeZone}
                who={offer.staff}
                where={found.where}
              />
              <TermsSaid terms={terms} change="Moving" />
            </CardBody>
            <CardFooter>
              <PostButton variant="primary">
                {terms.feeCents > 0 ? `Move it and owe ${terms.fee}` : "Move it"}
              </PostButton>
              <ButtonLink href={`/manage/${token}`} prefetch={false} variant="ghost">
                Leave it where it is
              </ButtonLink>
            </CardFooter>
          </Card>
        </form>
      </div>
    );
  const month = await loadMonth(ctx, {
    ...asked,
    horizonDays: service.horizonDays,
    zone: zone ?? business.timeZone,
    businessZone: found.homeZone,
    month: one(query, "month"),
    date: one(query, "date"),
  });
  return (
    <>
      {header}
      {isRefusal(refused) && (
        <p role="alert" className="mb-5 rounded-lg bg-failed-soft px-4 py-3 text-failed">
          {refusalInWords(refused)}
        </p>
      )}
      <TimePicker
        month={month}
        zone={zone ?? business.timeZone}
        businessZone={business.timeZone}
        chosen={kept}
        staff={[
          { value: undefined, label: booking.staffName },
          ...(people.length > 1 ? [{ value: "any", label: "Anyone who is free" }] : []),
        ]}
        here={(next, fragment) => withQuery(here, next, fragment)}
        timeHref={(at) => withQuery(here, { ...kept, at: new Date(at).toISOString() })}
      />
    </>
  );
}
