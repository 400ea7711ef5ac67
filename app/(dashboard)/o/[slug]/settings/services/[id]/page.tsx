import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { getCancellationPolicy, listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { PolicyForm } from "../../_components/policy-form";
import { toWindowValues } from "../../read-policy-form";
import { savePolicy } from "../../save-policy";
import { ServiceForm } from "../_components/service-form";
import { saveService, setServiceActive } from "../actions";

export const metadata: Metadata = { title: "Service" };

export default async function ServicePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { ctx, org } = await memberContext(slug);
  const service = (await listServices(ctx, { includeArchived: true })).find((each) => each.id === id);
  if (!service) notFound();
  const policy = await getCancellationPolicy(ctx, id);
  const mayChange = may(ctx.actor, "scheduling.configure");
  const back = `/o/${slug}/settings/services`;
  const setActive = setServiceActive.bind(null, slug, id);
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={service.name}
        back={{ href: back, label: "Services" }}
        actions={
          mayChange &&
          (service.active ? (
            <ConfirmButton
              label="Archive"
              title={`Archive “${service.name}”?`}
              consequence="It is no longer offered to callers. Bookings that exist stay as they are, and you can offer it again at any time."
              confirmLabel="Archive it"
              action={setActive}
              fields={{ active: "false" }}
            />
          ) : (
            <ConfirmButton
              label="Offer again"
              title={`Offer “${service.name}” again?`}
              consequence="Callers can book it from the next call on."
              confirmLabel="Offer it"
              cancelLabel="Leave it archived"
              destructive={false}
              action={setActive}
              fields={{ active: "true" }}
            />
          ))
        }
      />
      {!service.active && (
        <Banner kind="attention" className="mb-5 rounded-lg">
          This service is archived: nobody can book it.
        </Banner>
      )}
      {!mayChange && (
        <Banner className="mb-5 rounded-lg">You can look at this. An admin or the owner can change it.</Banner>
      )}
      <ServiceForm
        action={saveService.bind(null, slug, id)}
        service={service}
        currency={org.currency}
        backHref={back}
        readOnly={!mayChange}
      />
      <div className="mt-5">
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
      </div>
    </div>
  );
}
