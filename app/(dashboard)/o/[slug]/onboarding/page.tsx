import type { Metadata } from "next";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { getPublishedAgent } from "@/lib/agents";
import { countryOptions, may, timeZoneOptions } from "@/lib/organizations";
import { processEnv } from "@/lib/platform/runtime";
import { getOpeningHours, listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { packOf, packServices, packWeek } from "@/lib/wiring/set-up";
import { Onboarding } from "./_components/onboarding";
import { offerValues } from "./offer-values";

export const metadata: Metadata = { title: "Set up" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ step?: string }> };

export default async function OnboardingPage({ params, searchParams }: Props) {
  const { ctx, org } = await memberContext((await params).slug);
  if (!may(ctx.actor, "organization.manage"))
    return (
      <>
        <PageHeader title="Set up" />
        <ErrorState title="Owners and admins set the business up">Ask one of them, or to be made an admin.</ErrorState>
      </>
    );
  const [services, staff, hours, agent] = await Promise.all([
    listServices(ctx),
    listStaff(ctx),
    getOpeningHours(ctx),
    getPublishedAgent(ctx),
  ]);
  const pack = packOf(org);
  const reached = org.onboarding.step === "done" ? 4 : org.onboarding.step;
  const wanted = Number((await searchParams).step);
  const hasHours = hours.weekly.some((spans) => spans.length > 0);
  return (
    <Onboarding
      org={{ slug: org.slug, name: org.name, currency: org.currency }}
      open={Number.isInteger(wanted) && wanted >= 1 && wanted <= 4 ? wanted : reached}
      reached={reached}
      isDone={org.onboarding.step === "done"}
      channel={org.onboarding.channel ?? "browser"}
      canCallHere={processEnv().vapi.emulatorUrl !== undefined}
      business={{ name: org.name, trade: org.trade, country: org.country, timeZone: org.timeZone }}
      options={{ countries: countryOptions(), zones: timeZoneOptions() }}
      offer={offerValues({
        weekly: hasHours || reached > 2 ? hours.weekly : packWeek(org),
        services: services.length > 0 || reached > 2 ? services : packServices(org),
        people: staff.length > 0 || reached > 2 ? staff.map((person) => person.name) : [pack.staffName],
        currency: org.currency,
      })}
      agent={{ name: agent?.name ?? pack.agentName, greeting: agent?.version.settings.greeting ?? "" }}
    />
  );
}
