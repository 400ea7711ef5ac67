import { DoorOpen } from "lucide-react";
import type { Metadata } from "next";
import { ActiveCell, ListPage, NameCell, NamesCell } from "@/components/scheduling/list-page";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { may } from "@/lib/organizations";
import { listLocations, listResources, listServices } from "@/lib/scheduling";
import type { Resource } from "@/lib/scheduling/schemas";
import { memberContext } from "@/lib/wiring/member-context";

export const metadata: Metadata = { title: "Rooms & equipment" };

export default async function ResourcesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const [resources, places, services] = await Promise.all([
    listResources(ctx, { includeArchived: true }),
    listLocations(ctx, { includeArchived: true }),
    listServices(ctx),
  ]);
  const base = `/o/${slug}/settings/resources`;
  const now = ctx.clock.now();
  const placeOf = ({ locationId }: Resource) => places.find((each) => each.id === locationId);
  return (
    <ListPage
      title="Rooms & equipment"
      description="What a booking occupies besides people. Nothing here is ever used by two bookings at once."
      items={resources}
      add={may(ctx.actor, "scheduling.configure") && { href: `${base}/new`, label: "Add a room or a machine" }}
      empty={{
        title: "Nothing that bookings have to share",
        icon: <DoorOpen />,
        text: "Add a treatment room, a chair or a machine if there are fewer of them than people. Then say on a service’s page that it needs one.",
      }}
      columns={[
        {
          title: "Name",
          isNarrow: true,
          className: "max-w-48 sm:max-w-72",
          cell: ({ id, name }) => <NameCell href={`${base}/${id}`} name={name} />,
        },
        {
          title: "Place",
          className: "max-w-56 break-words",
          cell: (resource) => placeOf(resource)?.name ?? <span className="text-muted">Any</span>,
        },
        {
          title: "Needed by",
          className: "max-w-80",
          cell: ({ id }) => (
            <NamesCell
              names={services.filter(({ pools }) => pools.flat().includes(id)).map((service) => service.name)}
              none={<span className="text-muted">No service</span>}
            />
          ),
        },
        {
          title: "State",
          isNarrow: true,
          cell: (resource) => (
            <State resource={resource} now={now} zone={placeOf(resource)?.timeZone ?? org.timeZone} />
          ),
        },
      ]}
    />
  );
}

function State({ resource, now, zone }: { resource: Resource; now: Date; zone: string }) {
  const [next] = resource.closures;
  if (!resource.active || !next) return <ActiveCell isActive={resource.active} word="In use" />;
  const isClosed = next.startsAt <= now;
  return (
    <Status kind="attention" plain>
      {isClosed ? "Closed until " : "Closed from "}
      <Time instant={isClosed ? next.endsAt : next.startsAt} zone={zone} />
    </Status>
  );
}
