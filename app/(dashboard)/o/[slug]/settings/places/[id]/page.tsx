import { Clock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { EditPage } from "@/components/scheduling/edit-page";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { may, timeZoneOptions } from "@/lib/organizations";
import { listLocations, listResources, listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { PlaceForm } from "../_components/place-form";
import { savePlace, setPlaceActive } from "../actions";

export const metadata: Metadata = { title: "Place" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<{ added?: string }> };

export default async function PlacePage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const { added } = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const place = (await listLocations(ctx, { includeArchived: true })).find((each) => each.id === id);
  if (!place) notFound();
  const [people, services, resources] = await Promise.all([listStaff(ctx), listServices(ctx), listResources(ctx)]);
  const mayChange = may(ctx.actor, "scheduling.configure");
  const base = `/o/${slug}/settings`;
  const hours = `${base}/hours?place=${id}`;
  const links = (part: string, all: readonly { id: string; name: string }[], none: string) =>
    all.length === 0 ? (
      <span className="text-muted">{none}</span>
    ) : (
      <span className="break-words">
        {all.map((each, n) => (
          <span key={each.id}>
            {n > 0 && ", "}
            <Link href={`${base}/${part}/${each.id}`} className="underline underline-offset-2 hover:no-underline">
              {each.name}
            </Link>
          </span>
        ))}
      </span>
    );
  return (
    <EditPage
      title={place.name}
      description={place.weekly ? "Keeps hours of its own." : "Keeps the opening hours of the business."}
      back={{ href: `${base}/places`, label: "Places" }}
      mayChange={mayChange}
      isActive={place.active}
      archive={{
        label: "Archive",
        title: `Archive “${place.name}”?`,
        consequence:
          "Nothing is offered there any more. Bookings that exist stay, and you can bring it back at any time.",
        notice: "This place is archived: nothing is offered there.",
      }}
      restore={{
        label: "Open again",
        title: `Open “${place.name}” again?`,
        consequence: "Whoever works there can be booked from the next call on.",
      }}
      setActive={setPlaceActive.bind(null, slug, id)}
      actions={
        <ButtonLink href={hours}>
          <Clock aria-hidden /> Hours
        </ButtonLink>
      }
    >
      {added && (
        <Banner className="rounded-lg" action={{ href: `${base}/staff`, label: "Choose who works there" }}>
          {place.name} is added. Say on each person’s page that they work there.
        </Banner>
      )}
      <PlaceForm
        action={savePlace.bind(null, slug, id)}
        place={place}
        businessZone={org.timeZone}
        zones={timeZoneOptions(place.timeZone)}
        backHref={`${base}/places`}
        readOnly={!mayChange}
      />
      <Card>
        <CardHeader title="What is here" description="Each is changed on its own page." />
        <CardBody>
          <DescriptionList
            items={[
              {
                term: "People",
                value: links(
                  "staff",
                  people.filter((person) => person.locationId === id),
                  "Nobody in particular",
                ),
              },
              {
                term: "Services",
                value: links(
                  "services",
                  services.filter(({ locationIds }) => locationIds.length === 0 || locationIds.includes(id)),
                  "None",
                ),
              },
              {
                term: "Rooms & equipment",
                value: links(
                  "resources",
                  resources.filter(({ locationId }) => locationId === id),
                  "None that stays here",
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
    </EditPage>
  );
}
