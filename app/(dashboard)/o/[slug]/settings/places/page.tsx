import { MapPin } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActiveCell, ListPage, NameCell, NamesCell } from "@/components/scheduling/list-page";
import { may } from "@/lib/organizations";
import { listLocations, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";

export const metadata: Metadata = { title: "Places" };

export default async function PlacesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const [places, people] = await Promise.all([listLocations(ctx, { includeArchived: true }), listStaff(ctx)]);
  const base = `/o/${slug}/settings`;
  return (
    <ListPage
      title="Places"
      description="Where you work. Each place may have its own hours and time zone; callers can ask for one by name."
      items={places}
      add={may(ctx.actor, "scheduling.configure") && { href: `${base}/places/new`, label: "Add a place" }}
      empty={{
        title: "One place, and no need to name it",
        icon: <MapPin />,
        text: `Without places everything happens at the business, in its hours and in ${org.timeZone}. Add places if you work at several addresses or in several zones.`,
      }}
      columns={[
        {
          title: "Name",
          isNarrow: true,
          className: "max-w-56 sm:max-w-72",
          cell: ({ id, name, address, active }) => (
            <NameCell href={`${base}/places/${id}`} name={name} isActive={active} note={address || undefined} />
          ),
        },
        {
          title: "Time zone",
          cell: ({ timeZone }) => timeZone ?? <span className="text-muted">{org.timeZone}</span>,
        },
        {
          title: "Hours",
          isNarrow: true,
          className: "whitespace-nowrap",
          cell: ({ id, weekly }) => (
            <Link href={`${base}/hours?place=${id}`} className="underline underline-offset-2 hover:no-underline">
              {weekly ? "Own hours" : "Opening hours"}
            </Link>
          ),
        },
        {
          title: "Who works here",
          className: "max-w-64",
          cell: ({ id }) => (
            <NamesCell
              names={people.filter((person) => person.locationId === id).map((person) => person.name)}
              none={<span className="text-muted">Nobody in particular</span>}
            />
          ),
        },
        { title: "State", cell: ({ active }) => <ActiveCell isActive={active} word="Open" /> },
      ]}
    />
  );
}
