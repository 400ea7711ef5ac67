import type { Metadata } from "next";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { ServiceForm } from "../_components/service-form";
import { addService } from "../actions";

export const metadata: Metadata = { title: "Add a service" };

export default async function NewServicePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const back = `/o/${slug}/settings/services`;
  if (!may(ctx.actor, "scheduling.configure"))
    return (
      <NotAllowed
        title="Add a service"
        back={{ href: back, label: "Services" }}
        who="Admins and the owner can add services"
      />
    );
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
