import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { EditPage } from "@/components/scheduling/edit-page";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { may } from "@/lib/organizations";
import { isoOf, listDisplaced, listLocations, listResources, listServices, localDayOf, zoneOf } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { DisplacedBookings } from "../../_components/displaced-bookings";
import { ClosureForm } from "../_components/closure-form";
import { Closures } from "../_components/closures";
import { ResourceForm } from "../_components/resource-form";
import { closeForTime, reopen, saveResource, setResourceActive } from "../actions";

export const metadata: Metadata = { title: "Room or machine" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<{ added?: string }> };

export default async function ResourcePage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const { added } = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const [all, places, services] = await Promise.all([
    listResources(ctx, { includeArchived: true }),
    listLocations(ctx, { includeArchived: true }),
    listServices(ctx),
  ]);
  const resource = all.find((each) => each.id === id);
  if (!resource) notFound();
  const displaced = resource.closures.length > 0 ? await listDisplaced(ctx, { resourceId: id }) : [];
  const zone = places.find((each) => each.id === resource.locationId)?.timeZone ?? org.timeZone;
  const needed = services.filter(({ pools }) => pools.some((pool) => pool.includes(id)));
  const mayChange = may(ctx.actor, "scheduling.configure");
  const base = `/o/${slug}/settings`;
  const back = `${base}/resources`;
  return (
    <EditPage
      title={resource.name}
      back={{ href: back, label: "Rooms & equipment" }}
      mayChange={mayChange}
      isActive={resource.active}
      archive={{
        label: "Archive",
        title: `Archive “${resource.name}”?`,
        consequence:
          "No booking is put into it any more. Bookings that exist keep it, and you can bring it back at any time.",
        notice: "This is archived: no booking is put into it.",
      }}
      restore={{
        label: "Use again",
        title: `Use “${resource.name}” again?`,
        consequence: "Services that need it can be booked in it from the next call on.",
      }}
      setActive={setResourceActive.bind(null, slug, id)}
    >
      {added && (
        <Banner className="rounded-lg" action={{ href: `${base}/services`, label: "Choose a service" }}>
          Added. Say on a service’s page that it needs it.
        </Banner>
      )}
      <ResourceForm
        action={saveResource.bind(null, slug, id)}
        resource={resource}
        places={places
          .filter((place) => place.active || place.id === resource.locationId)
          .map(({ id, name }) => ({ value: id, label: name }))}
        backHref={back}
        readOnly={!mayChange}
      />
      <Card>
        <CardHeader title="Needed by" description="Said on the page of each service." />
        <CardBody>
          {needed.length === 0 ? (
            <p className="text-muted">No service needs it yet.</p>
          ) : (
            <ul className="flex flex-col gap-1.5">
              {needed.map((service) => (
                <li key={service.id} className="break-words">
                  <Link href={`${base}/services/${service.id}`} className="underline underline-offset-2">
                    {service.name}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Closed"
          description={`Nothing is booked in it then; what is booked already stays. Times in ${zone}.`}
        />
        <Closures closures={resource.closures} zone={zone} reopen={mayChange ? reopen.bind(null, slug) : undefined} />
        {mayChange && (
          <ClosureForm
            action={closeForTime.bind(null, slug, id)}
            today={isoOf(localDayOf(zoneOf(zone), ctx.clock.now().getTime()))}
            zone={zone}
            count={resource.closures.length}
          />
        )}
      </Card>
      <DisplacedBookings org={org} bookings={displaced} mayWrite={may(ctx.actor, "bookings.write")} />
    </EditPage>
  );
}
