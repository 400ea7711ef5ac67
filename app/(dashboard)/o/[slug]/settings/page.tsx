import type { Metadata } from "next";
import { Card, CardBody } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { countryOptions, currencyOptions, may, timeZoneOptions } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { OrganizationForm } from "./_components/organization-form";
import { saveOrganization } from "./actions";

export const metadata: Metadata = { title: "Organisation" };

export default async function OrganizationSettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, org } = await memberContext((await params).slug);
  const canEdit = may(ctx.actor, "organization.manage");
  return (
    <>
      <PageHeader
        title="Organisation"
        description={canEdit ? "What callers and your people are told about the business." : whoCan}
      />
      <Card className="max-w-2xl">
        <CardBody>
          <OrganizationForm
            action={saveOrganization.bind(null, org.slug)}
            canEdit={canEdit}
            options={{ countries: countryOptions(), currencies: currencyOptions(), zones: zonesWith(org.timeZone) }}
            values={{
              name: org.name,
              trade: org.trade,
              country: org.country,
              timeZone: org.timeZone,
              currency: org.currency,
              transferNumber: org.transferNumber ?? "",
              reminderHours: String(org.reminderHours),
              retentionDays: String(org.retentionDays),
            }}
          />
        </CardBody>
      </Card>
    </>
  );
}

const whoCan = "Owners and admins can change these settings.";

/** A zone under one of its older names is kept as it is. */
function zonesWith(zone: string) {
  const options = timeZoneOptions();
  return options.some((option) => option.value === zone) ? options : [{ value: zone, label: zone }, ...options];
}
