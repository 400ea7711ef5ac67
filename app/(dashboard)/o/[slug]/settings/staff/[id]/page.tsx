import { Clock } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { PageHeader } from "@/components/ui/page-header";
import { may, timeZoneOptions } from "@/lib/organizations";
import { listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { StaffForm } from "../_components/staff-form";
import { saveStaff, setStaffActive } from "../actions";

export const metadata: Metadata = { title: "Person" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<{ added?: string }> };

export default async function PersonPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const { added } = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const [people, services] = await Promise.all([
    listStaff(ctx, { includeArchived: true }),
    listServices(ctx, { includeArchived: true }),
  ]);
  const person = people.find((each) => each.id === id);
  if (!person) notFound();
  const mayChange = may(ctx.actor, "scheduling.configure");
  const back = `/o/${slug}/settings/staff`;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={person.name}
        description={person.weekly ? "Works hours of their own." : "Follows the opening hours of the business."}
        back={{ href: back, label: "Staff" }}
        actions={
          <>
            <ButtonLink href={`/o/${slug}/settings/hours?staff=${id}`}>
              <Clock aria-hidden /> Hours
            </ButtonLink>
            {mayChange && <ArchiveButton slug={slug} person={person} />}
          </>
        }
      />
      {added && (
        <Banner
          className="mb-5 rounded-lg"
          action={{ href: `/o/${slug}/settings/hours?staff=${id}`, label: "Set hours" }}
        >
          {person.name} can be booked now, within the opening hours of the business.
        </Banner>
      )}
      {!person.active && (
        <Banner kind="attention" className="mb-5 rounded-lg">
          {person.name} is archived: nobody can book with them.
        </Banner>
      )}
      {!mayChange && (
        <Banner className="mb-5 rounded-lg">You can look at this. An admin or the owner can change it.</Banner>
      )}
      <StaffForm
        action={saveStaff.bind(null, slug, id)}
        person={person}
        services={services
          .filter((service) => service.active || person.serviceIds.includes(service.id))
          .map(({ id, name, active, durationMinutes }) => ({ id, name, isActive: active, durationMinutes }))}
        businessZone={org.timeZone}
        zones={withZone(timeZoneOptions(), person.timeZone)}
        backHref={back}
        readOnly={!mayChange}
      />
    </div>
  );
}

function ArchiveButton({ slug, person }: { slug: string; person: { id: string; name: string; active: boolean } }) {
  const action = setStaffActive.bind(null, slug, person.id);
  return person.active ? (
    <ConfirmButton
      label="Archive"
      title={`Archive ${person.name}?`}
      consequence="Nobody can book with them any more. Bookings that exist stay in the calendar, and you can bring them back at any time."
      confirmLabel="Archive"
      action={action}
      fields={{ active: "false" }}
    />
  ) : (
    <ConfirmButton
      label="Make bookable"
      title={`Make ${person.name} bookable again?`}
      consequence="Callers can book with them from the next call on."
      confirmLabel="Make bookable"
      cancelLabel="Leave archived"
      destructive={false}
      action={action}
      fields={{ active: "true" }}
    />
  );
}

/** A zone under one of its older names is kept as it is. */
const withZone = (options: { value: string; label: string }[], zone: string | null) =>
  zone === null || options.some((option) => option.value === zone)
    ? options
    : [{ value: zone, label: zone }, ...options];
