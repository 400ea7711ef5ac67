import type { Metadata } from "next";
import { PlanTier } from "@/components/billing/plan-tier";
import { OneButtonForm } from "@/components/forms/one-button-form";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/segmented";
import { findOwedInvoice, findSubscription } from "@/lib/billing";
import { may } from "@/lib/organizations";
import { currentPlans, freeMonths, planCurrency } from "@/lib/plans";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../_components/billing-page";
import { isRunning } from "../_components/subscription-words";
import { choosePlan } from "../actions";

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
        const running = isRunning(subscription);
        const mayManage = may(member.ctx.actor, "billing.manage");
        const owed = running ? undefined : await findOwedInvoice(member.ctx);
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
            {owed && (
              <Banner
                kind="attention"
                className="mb-4 rounded-lg"
                action={{ href: `/o/${slug}/billing/invoices/${owed.id}`, label: "Open the invoice" }}
              >
                {owed.number ? `Invoice ${owed.number}` : "An invoice"} is not paid. Once it is, a plan can be chosen.
              </Banner>
            )}
            {!mayManage && <p className="mb-4 text-muted">The owner chooses and changes the plan.</p>}
            <div className="grid gap-4 md:grid-cols-3">
              {currentPlans.map((plan) => {
                const isOwn =
                  running &&
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
                  >
                    {mayManage &&
                      !isOwn &&
                      (running ? (
                        <ButtonLink
                          href={`/o/${slug}/billing/change?plan=${plan.plan}&every=${every}`}
                          prefetch={false}
                        >
                          See what changes
                        </ButtonLink>
                      ) : owed ? undefined : (
                        <OneButtonForm
                          action={choosePlan.bind(null, slug)}
                          label={`Choose ${plan.name}`}
                          pendingLabel="Opening the payment page"
                          variant="primary"
                          fields={{ plan: plan.plan, every }}
                        />
                      ))}
                  </PlanTier>
                );
              })}
            </div>
          </>
        );
      }}
    </BillingPage>
  );
}
