import { Clock } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditPage } from "@/components/scheduling/edit-page";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { may, timeZoneOptions } from "@/lib/organizations";
import { listLocations, listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { StaffForm } from "../_components/staff-form";
import { saveStaff, setStaffActive } from "../actions";

export const metadata: Metadata = { title: "Person" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<{ added?: string }> };

export default async function PersonPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const { added } = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const [people, services, places] = await Promise.all([
    listStaff(ctx, { includeArchived: true }),
    listServices(ctx, { includeArchived: true }),
    listLocations(ctx, { includeArchived: true }),
  ]);
  const person = people.find((each) => each.id === id);
  if (!person) notFound();
  const mayChange = may(ctx.actor, "scheduling.configure");
  const back = `/o/${slug}/settings/staff`;
  const hours = `/o/${slug}/settings/hours?staff=${id}`;
  return (
    <EditPage
      title={person.name}
      description={person.weekly ? "Works hours of their own." : "Follows the opening hours."}
      back={{ href: back, label: "Staff" }}
      mayChange={mayChange}
      isActive={person.active}
      archive={{
        label: "Archive",
        title: `Archive ${person.name}?`,
        consequence:
          "Nobody can book with them any more. Bookings that exist stay in the calendar, and you can bring them back at any time.",
        notice: `${person.name} is archived: nobody can book with them.`,
      }}
      restore={{
        label: "Make bookable",
        title: `Make ${person.name} bookable again?`,
        consequence: "Callers can book with them from the next call on.",
      }}
      setActive={setStaffActive.bind(null, slug, id)}
      actions={
        <ButtonLink href={hours}>
          <Clock aria-hidden /> Hours
        </ButtonLink>
      }
    >
      {added && (
        <Banner className="rounded-lg" action={{ href: hours, label: "Set hours" }}>
          {person.name} can be booked now, within the opening hours of the business.
        </Banner>
      )}
      <StaffForm
        action={saveStaff.bind(null, slug, id)}
        person={person}
        services={services
          .filter((service) => service.active || person.serviceIds.includes(service.id))
          .map(({ id, name, active, durationMinutes }) => ({ id, name, isActive: active, durationMinutes }))}
        businessZone={org.timeZone}
        zones={timeZoneOptions(person.timeZone)}
        places={places
          .filter((place) => place.active || place.id === person.locationId)
          .map(({ id, name }) => ({ value: id, label: name }))}
        backHref={back}
        readOnly={!mayChange}
      />
    </EditPage>
  );
}
