import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { memberContext } from "@/lib/wiring/member-context";
import { ServiceForm } from "../_components/service-form";
import { addService } from "../actions";

export const metadata: Metadata = { title: "Add a service" };

export default async function NewServicePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { org } = await memberContext(slug, { permission: "scheduling.configure" });
  const back = `/o/${slug}/settings/services`;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Add a service"
        description="Everyone who is working does it at first; change that on a person's page."
        back={{ href: back, label: "Services" }}
      />
      <ServiceForm action={addService.bind(null, slug)} service={null} currency={org.currency} backHref={back} />
    </div>
  );
}
