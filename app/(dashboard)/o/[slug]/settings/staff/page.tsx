import { Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActiveCell, ListPage, NameCell, NamesCell } from "@/components/scheduling/list-page";
import { Avatar } from "@/components/ui/avatar";
import { Status } from "@/components/ui/status";
import { may } from "@/lib/organizations";
import { listLocations, listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";

export const metadata: Metadata = { title: "Staff" };

export default async function StaffPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx } = await memberContext(slug);
  const [people, services, places] = await Promise.all([
    listStaff(ctx, { includeArchived: true }),
    listServices(ctx),
    listLocations(ctx, { includeArchived: true }),
  ]);
  const base = `/o/${slug}/settings`;
  const names = new Map(services.map((service) => [service.id, service.name]));
  const does = (serviceIds: readonly string[]) => {
    const all = serviceIds.flatMap((id) => names.get(id) ?? []);
    return all.length > 0 && all.length === services.length ? ["Every service"] : all;
  };
  return (
    <ListPage
      title="Staff"
      description="Who can be booked. Nobody is ever booked twice for the same time."
      items={people}
      add={may(ctx.actor, "scheduling.configure") && { href: `${base}/staff/new`, label: "Add a person" }}
      empty={{
        title: "Nobody can be booked yet",
        icon: <Users />,
        text: "Add the people callers book with. Someone who works alone is one person.",
      }}
      columns={[
        {
          title: "Name",
          isNarrow: true,
          className: "max-w-60 sm:max-w-72",
          cell: ({ id, name, email, active }) => (
            <span className="flex items-center gap-2.5">
              <Avatar name={name} />
              <span className="min-w-0">
                <NameCell href={`${base}/staff/${id}`} name={name} isActive={active} note={email ?? undefined} />
              </span>
            </span>
          ),
        },
        {
          title: "Does",
          className: "max-w-80 min-w-40",
          cell: ({ serviceIds }) => (
            <NamesCell
              names={does(serviceIds)}
              none={
                <Status kind="attention" plain>
                  No service
                </Status>
              }
            />
          ),
        },
        ...(places.length > 0
          ? [
              {
                title: "Works at",
                className: "max-w-56 break-words",
                cell: ({ locationId }: { locationId: string | null }) =>
                  places.find((each) => each.id === locationId)?.name ?? <span className="text-muted">Anywhere</span>,
              },
            ]
          : []),
        {
          title: "Hours",
          isNarrow: true,
          className: "whitespace-nowrap",
          cell: ({ id, weekly }) => (
            <Link href={`${base}/hours?staff=${id}`} className="underline underline-offset-2 hover:no-underline">
              {weekly ? "Own hours" : "Opening hours"}
            </Link>
          ),
        },
        { title: "State", cell: ({ active }) => <ActiveCell isActive={active} word="Bookable" /> },
      ]}
    />
  );
}
