import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Card, CardBody } from "@/components/ui/card";
import { randomToken } from "@/lib/platform/crypto";
import { getCancellationPolicy, isoOf, localDayOf, sayPlace, zoneOf } from "@/lib/scheduling";
import { visitorPage } from "@/lib/wiring/visitor-context";
import { AppointmentFacts } from "../../../../_components/appointment-facts";
import { PublicHeader } from "../../../../_components/public-header";
import { one, type SearchParams, withQuery } from "../../../../addresses";
import { findOffer, readInstant } from "../../../../find-offer";
import { clockOf } from "../../../../places";
import { visitorZone } from "../../../../visitor-zone";
import { findService } from "../../find-service";
import { book } from "../actions";
import { DetailsForm } from "./_components/details-form";

type Props = { params: Promise<{ org: string; service: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await visitorPage((await params).org);
  return { title: { absolute: `Your details · ${page.name}` }, robots: { index: false } };
}

/**
 * Who books the chosen time. Nothing is held meanwhile: a hold anybody may take without a name would let one visitor empty a calendar.
 * Should somebody be faster, the form comes back as it was filled in, with what is free instead.
 */
export default async function DetailsPage({ params, searchParams }: Props) {
  const [{ org, service: address }, query] = [await params, await searchParams];
  const asked = {
    zone: one(query, "zone"),
    staff: one(query, "staff"),
    place: one(query, "place"),
    at: one(query, "at"),
  };
  const { ctx, page, service, base } = await findService(org, address, withQuery("/details", asked));
  const person = service.staff.find((each) => each.id === asked.staff);
  const place = service.places.find((each) => each.id === asked.place);
  const kept = { zone: visitorZone(asked.zone), staff: person?.id, place: place?.id };
  const startMs = readInstant(asked.at);
  if (startMs === undefined) redirect(withQuery(base, kept));
  const offer = await findOffer(ctx, { serviceId: service.id, staffId: person?.id, locationId: place?.id, startMs });
  if (!offer && !(await isAnswer())) redirect(withQuery(base, { ...kept, refused: "unknown_slot" }));
  const where = service.places.find((each) => each.id === offer?.locationId) ?? place;
  const here = clockOf(service.places, where?.id ?? person?.placeId, page.timeZone);
  const zone = kept.zone ?? here;
  const only = service.staff.length === 1 ? service.staff[0]?.name : undefined;
  const whoever = person ?? service.staff.find((each) => each.id === offer?.staffId);
  const minutes = whoever?.durationMinutes ?? service.durationMinutes;
  const policy = await getCancellationPolicy(ctx, service.id);
  return (
    <div className="mx-auto max-w-2xl">
      <PublicHeader
        business={page.name}
        title="Your details"
        back={{
          href: withQuery(base, { ...kept, date: isoOf(localDayOf(zoneOf(zone), startMs)) }, "#times"),
          label: "Another time",
        }}
      />
      <Card className="mb-5">
        <CardBody>
          <AppointmentFacts
            what={service.name}
            startsAt={new Date(startMs)}
            endsAt={new Date(startMs + minutes * 60_000)}
            zone={zone}
            businessZone={here}
            who={person?.name ?? only}
            where={where && sayPlace(where)}
            price={service.priceCents === null ? undefined : { cents: service.priceCents, currency: page.currency }}
          />
          {policy.windows.length > 0 && <p className="mt-3 border-t pt-3 text-muted">{policy.say}</p>}
        </CardBody>
      </Card>
      <DetailsForm
        action={book.bind(null, org, address)}
        slot={offer?.slot ?? ""}
        isAnyone={!person}
        zone={zone}
        formKey={randomToken(18)}
      />
    </div>
  );
}

/** Without scripts the answer to a form is this page again: the time it asked for may be gone, what was typed must not be. */
const isAnswer = async (): Promise<boolean> => (await headers()).has("content-type");
