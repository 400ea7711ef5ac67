import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditPage } from "@/components/scheduling/edit-page";
import { may } from "@/lib/organizations";
import { getCancellationPolicy, listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { PolicyForm } from "../../_components/policy-form";
import { toWindowValues } from "../../read-policy-form";
import { savePolicy } from "../../save-policy";
import { ServiceForm } from "../_components/service-form";
import { ServiceStaffForm } from "../_components/service-staff-form";
import { saveService, saveServiceStaff, setServiceActive } from "../actions";
import { serviceChoices } from "../service-choices";

export const metadata: Metadata = { title: "Service" };

export default async function ServicePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { ctx, org } = await memberContext(slug);
  const service = (await listServices(ctx, { includeArchived: true })).find((each) => each.id === id);
  if (!service) notFound();
  const [policy, people, choices] = await Promise.all([
    getCancellationPolicy(ctx, id),
    listStaff(ctx),
    serviceChoices(ctx, service),
  ]);
  const mayChange = may(ctx.actor, "scheduling.configure");
  const back = `/o/${slug}/settings/services`;
  return (
    <EditPage
      title={service.name}
      back={{ href: back, label: "Services" }}
      mayChange={mayChange}
      isActive={service.active}
      archive={{
        label: "Archive",
        title: `Archive “${service.name}”?`,
        consequence:
          "It is no longer offered to callers. Bookings that exist stay as they are, and you can offer it again at any time.",
        notice: "This service is archived: nobody can book it.",
      }}
      restore={{
        label: "Offer again",
        title: `Offer “${service.name}” again?`,
        consequence: "Callers can book it from the next call on.",
      }}
      setActive={setServiceActive.bind(null, slug, id)}
    >
      <ServiceForm
        action={saveService.bind(null, slug, id)}
        service={service}
        currency={org.currency}
        {...choices}
        resourcesHref={`/o/${slug}/settings/resources`}
        backHref={back}
        readOnly={!mayChange}
      />
      <ServiceStaffForm
        action={saveServiceStaff.bind(null, slug, id)}
        service={service}
        people={people}
        readOnly={!mayChange}
      />
      <PolicyForm
        action={savePolicy.bind(null, slug, id)}
        title="Cancellation"
        say={policy.say}
        windows={toWindowValues([...policy.windows], org.currency)}
        coversMoves={policy.coversMoves}
        currency={org.currency}
        follows={{ isFollowing: !policy.isOwn }}
        readOnly={!mayChange}
      />
    </EditPage>
  );
}
