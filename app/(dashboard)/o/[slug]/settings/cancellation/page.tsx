import type { Metadata } from "next";
import Link from "next/link";
import { MayLook } from "@/components/scheduling/edit-page";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { getCancellationPolicy, listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { PolicyForm } from "../_components/policy-form";
import { toWindowValues } from "../read-policy-form";
import { savePolicy } from "../save-policy";

export const metadata: Metadata = { title: "Cancellation" };

export default async function CancellationPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const [policy, services] = await Promise.all([getCancellationPolicy(ctx, null), listServices(ctx)]);
  const policies = await Promise.all(services.map((service) => getCancellationPolicy(ctx, service.id)));
  const own = services.flatMap((service, n) => (policies[n]?.isOwn ? [{ service, say: policies[n].say }] : []));
  const mayChange = may(ctx.actor, "scheduling.configure");
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title="Cancellation"
        description="Until when bookings can be cancelled and what it costs later. The agent says it before it cancels anything; you can waive it for a single booking."
      />
      {!mayChange && <MayLook />}
      <PolicyForm
        action={savePolicy.bind(null, slug, null)}
        title="Every service"
        say={policy.say}
        windows={toWindowValues([...policy.windows], org.currency)}
        coversMoves={policy.coversMoves}
        currency={org.currency}
        readOnly={!mayChange}
      />
      <Card>
        <CardHeader
          title="Services with a policy of their own"
          description="Set on the service's page, under Services."
        />
        <CardBody>
          {own.length === 0 ? (
            <p className="text-muted">None: every service follows the policy above.</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {own.map(({ service, say }) => (
                <li key={service.id} className="min-w-0">
                  <Link
                    href={`/o/${slug}/settings/services/${service.id}`}
                    className="font-medium break-words underline"
                  >
                    {service.name}
                  </Link>
                  <p className="text-muted">{say}</p>
                </li>
              ))}
            </ul>
          )}
        </CardBody>
      </Card>
    </div>
  );
}
