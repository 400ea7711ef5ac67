import type { Metadata } from "next";
import { AddPage } from "@/components/scheduling/add-page";
import { may, timeZoneOptions } from "@/lib/organizations";
import { listLocations, listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { StaffForm } from "../_components/staff-form";
import { addStaff } from "../actions";

export const metadata: Metadata = { title: "Add a person" };

export default async function NewStaffPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const back = `/o/${slug}/settings/staff`;
  const [services, places] = await Promise.all([listServices(ctx), listLocations(ctx)]);
  return (
    <AddPage
      title="Add a person"
      description="They follow the opening hours of the business until you give them their own."
      back={{ href: back, label: "Staff" }}
      mayAdd={may(ctx.actor, "scheduling.configure")}
      who="Admins and the owner can add people"
    >
      <StaffForm
        action={addStaff.bind(null, slug)}
        person={null}
        services={services.map(({ id, name, durationMinutes }) => ({ id, name, isActive: true, durationMinutes }))}
        businessZone={org.timeZone}
        zones={timeZoneOptions()}
        places={places.map(({ id, name }) => ({ value: id, label: name }))}
        backHref={back}
      />
    </AddPage>
  );
}
