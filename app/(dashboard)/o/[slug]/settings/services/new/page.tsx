import type { Metadata } from "next";
import { AddPage } from "@/components/scheduling/add-page";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { ServiceForm } from "../_components/service-form";
import { addService } from "../actions";
import { serviceChoices } from "../service-choices";

export const metadata: Metadata = { title: "Add a service" };

export default async function NewServicePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const back = `/o/${slug}/settings/services`;
  return (
    <AddPage
      title="Add a service"
      description="Everyone who is working does it at first; change that on its page afterwards."
      back={{ href: back, label: "Services" }}
      mayAdd={may(ctx.actor, "scheduling.configure")}
      who="Admins and the owner can add services"
    >
      <ServiceForm
        action={addService.bind(null, slug)}
        service={null}
        currency={org.currency}
        {...(await serviceChoices(ctx, null))}
        resourcesHref={`/o/${slug}/settings/resources`}
        backHref={back}
      />
    </AddPage>
  );
}
