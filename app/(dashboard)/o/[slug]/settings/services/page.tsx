import { Scissors } from "lucide-react";
import type { Metadata } from "next";
import { ActiveCell, ListPage, NameCell } from "@/components/scheduling/list-page";
import { Money } from "@/components/ui/money";
import { may } from "@/lib/organizations";
import { listServices } from "@/lib/scheduling";
import type { Service } from "@/lib/scheduling/schemas";
import { memberContext } from "@/lib/wiring/member-context";
import { sayMinutes } from "./say-minutes";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const services = await listServices(ctx, { includeArchived: true });
  const base = `/o/${slug}/settings/services`;
  return (
    <ListPage
      title="Services"
      description="What callers can book. The agent knows each by its name and by the other words you give it."
      items={services}
      add={may(ctx.actor, "scheduling.configure") && { href: `${base}/new`, label: "Add a service" }}
      empty={{
        title: "No services yet",
        icon: <Scissors />,
        text: "A service is what a caller asks for: its length, its price and who does it. Without one nothing can be booked.",
      }}
      columns={[
        {
          title: "Name",
          isNarrow: true,
          className: "max-w-40 sm:max-w-80",
          cell: ({ id, name, aliases, active }) => (
            <NameCell
              href={`${base}/${id}`}
              name={name}
              isActive={active}
              note={aliases.length > 0 ? `also “${aliases.join("”, “")}”` : undefined}
            />
          ),
        },
        {
          title: "Length",
          isNumeric: true,
          isNarrow: true,
          cell: ({ durationMinutes }) => sayMinutes(durationMinutes),
        },
        {
          title: "Price",
          isNumeric: true,
          isNarrow: true,
          cell: ({ priceCents }) =>
            priceCents === null ? (
              <span className="text-muted">on request</span>
            ) : (
              <Money minor={priceCents} currency={org.currency} />
            ),
        },
        {
          title: "Before and after",
          isNumeric: true,
          className: "text-muted",
          cell: ({ bufferBeforeMinutes: before, bufferAfterMinutes: after }) =>
            before + after === 0 ? "none" : `${before} and ${after} min`,
        },
        { title: "Takes", className: "text-muted", cell: takes },
        { title: "State", cell: ({ active }) => <ActiveCell isActive={active} word="Offered" /> },
      ]}
    />
  );
}

/** What a booking occupies beyond one person's time. */
function takes({ seats, staffNeeded, pools }: Service): string {
  const people = staffNeeded === 0 ? "everybody" : staffNeeded > 1 ? `${staffNeeded} people` : "one person";
  const rooms =
    pools.length > 0 ? `, ${pools.length === 1 ? "a room or machine" : `${pools.length} rooms or machines`}` : "";
  return `${seats > 1 ? `${seats} seats with ` : ""}${people}${rooms}`;
}
