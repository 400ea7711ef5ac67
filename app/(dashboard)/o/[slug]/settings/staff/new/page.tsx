import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { timeZoneOptions } from "@/lib/organizations";
import { listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { StaffForm } from "../_components/staff-form";
import { addStaff } from "../actions";

export const metadata: Metadata = { title: "Add a person" };

export default async function NewStaffPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug, { permission: "scheduling.configure" });
  const services = await listServices(ctx);
  const back = `/o/${slug}/settings/staff`;
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
        services={services.map(({ id, name }) => ({ id, name, isActive: true }))}
        businessZone={org.timeZone}
        zones={timeZoneOptions()}
        backHref={back}
      />
    </div>
  );
}
