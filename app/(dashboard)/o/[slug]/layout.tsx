import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/sign-out/actions";
import { AppShell } from "@/components/shell/app-shell";
import { Banner } from "@/components/ui/banner";
import { findOwedInvoice, readStanding } from "@/lib/billing";
import { may } from "@/lib/organizations";
import type { Membership } from "@/lib/organizations/schemas";
import { roleLabels } from "@/lib/organizations/schemas";
import { memberContext } from "@/lib/wiring/member-context";
import { shellCounts } from "@/lib/wiring/shell-counts";
import { billingBanner, isToBePaid } from "./_components/billing-banner";

/** What makes the frame out of date: calls and follow-ups come and go, names and people change. */
const FRAME_KINDS = [
  "call.started",
  "call.ended",
  "call.reported",
  "follow_up.",
  "organization.updated",
  "subscription.",
];

/** The frame of an organisation's pages. It protects nothing: each page asks for its member itself. */
export default async function OrganizationLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}) {
  const { ctx, org, viewer, memberships } = await memberContext((await params).slug);
  const shellOrg = ({ name, slug, role }: Pick<Membership, "name" | "slug" | "role">) => ({
    name,
    slug,
    roleLabel: roleLabels[role],
  });
  const current = memberships.find((each) => each.orgId === org.id);
  const [counts, standing] = await Promise.all([
    shellCounts(ctx),
    may(ctx.actor, "billing.read") ? readStanding(ctx) : undefined,
  ]);
  const owed = standing && isToBePaid(standing) ? await findOwedInvoice(ctx) : undefined;
  const place = { slug: org.slug, zone: org.timeZone, now: ctx.clock.now(), owed };
  return (
    <AppShell
      viewer={{ name: viewer.name || null, email: viewer.email }}
      signOut={signOutAction}
      userLinks={[{ href: "/o?choose", label: "All organisations" }]}
      org={current ? shellOrg({ ...current, name: org.name }) : { name: org.name, slug: org.slug }}
      orgs={memberships.map(shellOrg)}
      createOrgHref="/o/new"
      counts={counts}
      zone={org.timeZone}
      banner={(standing && billingBanner(standing, place)) ?? banner(org)}
      live={{ url: `/o/${org.slug}/live`, kinds: FRAME_KINDS }}
      searchUrl={`/o/${org.slug}/search`}
    >
      {children}
    </AppShell>
  );
}

function banner(org: { slug: string; isDemo: boolean; onboarding: { step: unknown } }): ReactNode {
  if (org.isDemo)
    return (
      <Banner action={{ href: "/o/new", label: "Set up your own business" }}>
        You are looking at the demo: an invented business with invented callers.
      </Banner>
    );
  if (org.onboarding.step !== "done")
    return (
      <Banner kind="attention" action={{ href: `/o/${org.slug}/onboarding`, label: "Go on" }}>
        Caly is not set up yet.
      </Banner>
    );
  return undefined;
}
