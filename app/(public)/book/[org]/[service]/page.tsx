import type { Metadata } from "next";
import { Phone } from "@/components/ui/phone";
import { sayPlace } from "@/lib/scheduling";
import { visitorPage } from "@/lib/wiring/visitor-context";
import { PublicHeader } from "../../../_components/public-header";
import { ServiceFacts } from "../../../_components/service-facts";
import { TimePicker } from "../../../_components/time-picker";
import { one, type SearchParams, withQuery } from "../../../addresses";
import { loadMonth } from "../../../month-of-times";
import { clockOf } from "../../../places";
import { isRefusal, refusalInWords } from "../../../refusals";
import { visitorZone } from "../../../visitor-zone";
import { findService } from "../find-service";

type Props = { params: Promise<{ org: string; service: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, service } = await params;
  const { page } = await visitorPage(org);
  const name = page.services.find((each) => each.slug === service)?.name;
  return {
    title: { absolute: name ? `${name} · ${page.name}` : page.name },
    robots: { index: page.isListed, follow: page.isListed },
  };
}

export default async function ServicePage({ params, searchParams }: Props) {
  const [{ org, service: address }, query] = [await params, await searchParams];
  const { ctx, page, slug, service, base } = await findService(org, address, "");
  const zone = visitorZone(one(query, "zone"));
  const place = service.places.find((each) => each.id === one(query, "place"));
  const people = service.staff.filter((each) => !place || each.placeId === null || each.placeId === place.id);
  const person = people.find((each) => each.id === one(query, "staff"));
  const here = clockOf(service.places, place?.id ?? person?.placeId, page.timeZone);
  const month = await loadMonth(ctx, {
    serviceId: service.id,
    staffId: person?.id,
    locationId: place?.id,
    horizonDays: service.horizonDays,
    zone: zone ?? here,
    businessZone: page.timeZone,
    month: one(query, "month"),
    date: one(query, "date"),
  });
  const refused = one(query, "refused");
  const kept = { zone, staff: person?.id, place: place?.id };
  const [onlyPlace, ...otherPlaces] = service.places;
  return (
    <>
      <PublicHeader
        business={page.name}
        title={service.name}
        back={page.services.length > 1 ? { href: `/book/${slug}`, label: "Everything that can be booked" } : undefined}
      >
        <ServiceFacts service={{ ...service, staff: person ? [person] : people }} currency={page.currency} />
        {service.description && <p className="max-w-prose break-words text-muted">{service.description}</p>}
        {service.staff.length === 1 && <p className="text-muted">With {service.staff[0]?.name}.</p>}
        {onlyPlace && otherPlaces.length === 0 && <p className="break-words text-muted">At {sayPlace(onlyPlace)}.</p>}
        {place && otherPlaces.length > 0 && <p className="break-words text-muted">At {sayPlace(place)}.</p>}
      </PublicHeader>
      {isRefusal(refused) && (
        <p role="alert" className="mb-5 rounded-lg bg-failed-soft px-4 py-3 text-failed">
          {refusalInWords(refused)}
        </p>
      )}
      <TimePicker
        month={month}
        zone={zone ?? here}
        businessZone={here}
        placeZones={Object.fromEntries(service.places.map(({ id, timeZone }) => [id, timeZone]))}
        chosen={kept}
        staff={[
          { value: undefined, label: "Anyone" },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ].slice(people.length === 1 ? 1 : 0)}
        places={[
          { value: undefined, label: "Any place" },
          ...service.places.map(({ id, name }) => ({ value: id, label: name })),
        ].slice(service.places.length > 1 ? 0 : 1)}
        here={(next, fragment) => withQuery(base, next, fragment)}
        timeHref={(startMs) => withQuery(`${base}/details`, { ...kept, at: new Date(startMs).toISOString() })}
      />
      {page.phone && (
        <p className="mt-6 text-muted">
          Nothing that suits you? Call{" "}
          <Phone e164={page.phone} country={page.country} link className="underline underline-offset-2" />.
        </p>
      )}
    </>
  );
}
