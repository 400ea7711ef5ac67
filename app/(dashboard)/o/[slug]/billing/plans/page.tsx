import type { Metadata } from "next";
import { PlanTier } from "@/components/billing/plan-tier";
import { Badge } from "@/components/ui/badge";
import { SegmentedLinks } from "@/components/ui/segmented";
import { findSubscription } from "@/lib/billing";
import { currentPlans, freeMonths, planCurrency } from "@/lib/plans";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../_components/billing-page";

export const metadata: Metadata = { title: "Plans" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ every?: string | string[] }> };

/** What can be had, at which price. */
export default async function PlansPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const member = await memberContext(slug);
  const asked = (await searchParams).every;
  return (
    <BillingPage member={member} current="/plans">
      {async () => {
        const subscription = await findSubscription(member.ctx);
        if (!subscription) return undefined;
        const isTrial = subscription.status === "trialing";
        const every =
          asked === "year" || (asked === undefined && subscription.billedEvery === "year") ? "year" : "month";
        const currency = planCurrency(subscription.currency);
        const base = `/o/${slug}/billing/plans`;
        const [plan] = currentPlans;
        return (
          <>
            <div className="mb-4 flex flex-wrap items-center gap-3">
              <SegmentedLinks
                label="Paid"
                current={`${base}?every=${every}`}
                options={[
                  { href: `${base}?every=month`, label: "Monthly" },
                  { href: `${base}?every=year`, label: `Yearly, ${plan ? freeMonths(plan, currency) : 0} months free` },
                ]}
              />
              <p className="text-xs text-muted">In {currency}, before tax.</p>
            </div>
            <div className="grid gap-4 md:grid-cols-3">
              {currentPlans.map((plan) => {
                const isOwn =
                  !isTrial &&
                  subscription.plan === plan.plan &&
                  subscription.planVersion === plan.version &&
                  subscription.billedEvery === every;
                return (
                  <PlanTier
                    key={plan.plan}
                    plan={plan}
                    currency={currency}
                    every={every}
                    badge={isOwn ? <Badge tone="accent">Your plan</Badge> : undefined}
                  />
                );
              })}
            </div>
          </>
        );
      }}
    </BillingPage>
  );
}
