import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Banner } from "@/components/ui/banner";
import { formatMoney } from "@/components/ui/money-format";
import { findOwedInvoice, getUsage, readStanding, type StandingNow, syncSubscription } from "@/lib/billing";
import { listAuditEntries } from "@/lib/events";
import { money, toDecimal } from "@/lib/ledger/words";
import { may } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { app } from "@/lib/wiring/app";
import { billingFor } from "@/lib/wiring/billing";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../_components/billing-page";
import { CapCard } from "../_components/cap-card";
import { DaysCard } from "../_components/days-card";
import { HistoryCard } from "../_components/history-card";
import { MinutesCard } from "../_components/minutes-card";
import { NextInvoiceCard } from "../_components/next-invoice-card";
import { PlanCard } from "../_components/plan-card";
import { saveCap } from "../actions";

export const metadata: Metadata = { title: "Billing" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<"by" | "paid", string | string[] | undefined>>;
};

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
        const isBack = (await searchParams).paid !== undefined;
        if (isBack) await readNow(ctx);
        const [usage, now, owed, history] = await Promise.all([
          getUsage(ctx, org),
          readStanding(ctx),
          findOwedInvoice(ctx),
          listAuditEntries(ctx, { subjectId: ctx.orgId, subjectKind: "subscription", limit: HISTORY_LENGTH }),
        ]);
        if (!usage || !now) return undefined;
        const base = `/o/${slug}/billing`;
        const mayManage = may(ctx.actor, "billing.manage");
        const isPaidFor = !isBack || usage.subscription.status !== "trialing";
        return (
          <>
            <LiveRefresh url={`/o/${slug}/live`} kinds={["usage.counted", "subscription.", "invoice."]} />
            {!isPaidFor && (
              <Banner className="mb-4 rounded-lg">
                Thank you. Your plan appears here as soon as the payment is confirmed.
              </Banner>
            )}
            {owed?.reason === "subscription_update" && (
              <Banner
                kind="attention"
                className="mb-4 rounded-lg"
                action={{ href: `${base}/invoices/${owed.id}`, label: "See its invoice" }}
              >
                A change of plan waits for its payment. Until then everything is as it was.
              </Banner>
            )}
            <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
              {/* On a telephone one column: what one has and has used before what one may set. */}
              <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:order-3 max-lg:*:first:order-1">
                <MinutesCard usage={usage} zone={org.timeZone} helpHref="/help/billing" />
                <DaysCard usage={usage} base={base} by={by} place={org} />
                <HistoryCard entries={history.items} zone={org.timeZone} />
              </div>
              <div className="flex min-w-0 flex-col gap-4 max-lg:contents max-lg:*:order-2 max-lg:*:first:order-none">
                <PlanCard usage={usage} slug={slug} zone={org.timeZone} now={ctx.clock.now()} mayManage={mayManage} />
                <NextInvoiceCard usage={usage} zone={org.timeZone} />
                {usage.terms && <CapCard {...capOf(now)} action={saveCap.bind(null, slug)} mayManage={mayManage} />}
              </div>
            </div>
          </>
        );
      }}
    </BillingPage>
  );
}

/** The limit as it would be typed, and how much of it is used. */
function capOf({ subscription: { spendingCap: cap, currency, billedEvery }, overage }: StandingNow) {
  if (cap === null) return { cap: "", used: undefined, currency, every: billedEvery };
  const used = `${formatMoney(overage, currency)} of ${formatMoney(cap, currency)} used in this period`;
  return { cap: toDecimal(money(cap, currency)), used, currency, every: billedEvery };
}

/** Who comes back from paying sees what they have paid for, also before the news of it is here. */
async function readNow(ctx: Context): Promise<void> {
  const billing = billingFor((await app()).env.stripe);
  if (billing && may(ctx.actor, "billing.manage")) await syncSubscription(ctx, billing.port);
}
