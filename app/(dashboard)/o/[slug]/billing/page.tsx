import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { getUsage } from "@/lib/billing";
import { listAuditEntries } from "@/lib/events";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "./_components/billing-page";
import { DaysCard } from "./_components/days-card";
import { HistoryCard } from "./_components/history-card";
import { MinutesCard } from "./_components/minutes-card";
import { NextInvoiceCard } from "./_components/next-invoice-card";
import { PlanCard } from "./_components/plan-card";

export const metadata: Metadata = { title: "Billing" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ by?: string | string[] }> };

const HISTORY_LENGTH = 8;

/** What the organisation has, what it has used of it, and what that will cost. */
export default async function BillingOverviewPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const member = await memberContext(slug);
  const by = (await searchParams).by === "number" ? "number" : "agent";
  return (
    <BillingPage member={member} current="">
      {async () => {
        const { ctx, org } = member;
        const [usage, history] = await Promise.all([
          getUsage(ctx, org),
          listAuditEntries(ctx, { subjectId: ctx.orgId, subjectKind: "subscription", limit: HISTORY_LENGTH }),
        ]);
        if (!usage) return undefined;
        const base = `/o/${slug}/billing`;
        return (
          <>
            <LiveRefresh url={`/o/${slug}/live`} kinds={["usage.counted", "subscription.", "invoice."]} />
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
              <div className="flex min-w-0 flex-col gap-4">
                <MinutesCard usage={usage} zone={org.timeZone} helpHref="/help/billing" />
                <DaysCard usage={usage} base={base} by={by} place={org} />
                <HistoryCard entries={history.items} zone={org.timeZone} />
              </div>
              <div className="flex min-w-0 flex-col gap-4 max-lg:-order-1">
                <PlanCard
                  usage={usage}
                  slug={slug}
                  zone={org.timeZone}
                  now={ctx.clock.now()}
                  mayManage={may(ctx.actor, "billing.manage")}
                />
                <NextInvoiceCard usage={usage} zone={org.timeZone} />
              </div>
            </div>
          </>
        );
      }}
    </BillingPage>
  );
}
