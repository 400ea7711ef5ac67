import type { Metadata } from "next";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { may, timeZoneOptions } from "@/lib/organizations";
import { listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { StaffForm } from "../_components/staff-form";
import { addStaff } from "../actions";

export const metadata: Metadata = { title: "Add a person" };

export default async function NewStaffPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const back = `/o/${slug}/settings/staff`;
  if (!may(ctx.actor, "scheduling.configure"))
    return (
      <NotAllowed
        title="Add a person"
        back={{ href: back, label: "Staff" }}
        who="Admins and the owner can add people"
      />
    );
  const services = await listServices(ctx);
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Add a person"
        description="They follow the opening hours of the business until you give them their own."
        back={{ href: back, label: "Staff" }}
      />
      <StaffForm
        action={addStaff.bind(null, slug)}
        person={null}
        services={services.map(({ id, name, durationMinutes }) => ({ id, name, isActive: true, durationMinutes }))}
        businessZone={org.timeZone}
        zones={timeZoneOptions()}
        backHref={back}
      />
    </div>
  );
}
