import { eq, sql } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { sumPeriod } from "@/lib/ledger";
import { authorise } from "@/lib/organizations/authorise";
import { findPlan, type PlanVersion, trial } from "@/lib/plans";
import { type Context, systemActor } from "@/lib/platform/context";
import { chargeFor } from "../rules/charges";
import { minuteTerms } from "../rules/minute-terms";
import { periodOf, type Standing, standingOf } from "../rules/standing";

type Subscription = typeof subscriptions.$inferSelect;

/** How an organisation stands now. Minutes are the ledger's; amounts are in the minor unit of `subscription.currency`. */
export type StandingNow = {
  standing: Standing;
  subscription: Subscription;
  plan: PlanVersion;
  /** The engine that collects has the subscription: it is no trial of ours. */
  isCollected: boolean;
  isDemo: boolean;
  /** Since when minutes count, how many the plan or the trial includes, and how many were used. */
  from: Date;
  included: number;
  used: number;
  /** What minutes beyond the plan cost in this period so far, those settled by a change of plan included. */
  overage: bigint;
  /** Calls that are being answered, tests aside. */
  callsInProgress: number;
};

/**
 * undefined without a subscription: billing is not configured, and nothing is limited. Two statements. `besides` is a call, by its id at the
 * provider, that is not counted among those in progress.
 */
export async function readStanding(
  ctx: Context,
  { besides = "" }: { besides?: string } = {},
): Promise<StandingNow | undefined> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx, scope) => {
    const [row] = await tx
      .select({ subscription: subscriptions, settled, isDemo, callsInProgress: inProgress(besides) })
      .from(subscriptions)
      .where(eq(subscriptions.orgId, ctx.orgId));
    if (!row) return undefined;
    const { settled: before, ...known } = row;
    return { ...known, ...(await standingWith(scope, known, BigInt(before))) };
  });
}

const isDemo = sql<boolean>`(select o.is_demo from organizations o where o.id = subscriptions.org_id)`;

/** A change of plan has invoiced what was used before it; one that waits for its payment has changed nothing yet. */
const settled = sql<string>`(
  select coalesce(sum(l.amount), 0)::text from invoices i join invoice_lines l on l.org_id = i.org_id and l.invoice_id = i.id
  where i.org_id = subscriptions.org_id and i.status in ('open', 'paid', 'uncollectible') and l.kind = 'minutes'
    and l.period_starts_at >= subscriptions.period_starts_at
    and (i.status <> 'open' or i.reason <> 'subscription_update' or l.period_ends_at <= subscriptions.minutes_from))`;

const inProgress = (besides: string) => sql<number>`(
  select count(*)::int from calls c where c.org_id = subscriptions.org_id and c.status in ('ringing', 'in_progress', 'forwarding')
    and c.erased_at is null and c.kind <> 'test' and c.external_id <> ${besides})`;

async function standingWith(
  ctx: Context,
  { subscription, isDemo }: { subscription: Subscription; isDemo: boolean },
  before: bigint,
) {
  const plan = findPlan(subscription.plan, subscription.planVersion);
  if (!plan) throw new Error(`no version ${subscription.planVersion} of the plan ${subscription.plan}`);
  const now = ctx.clock.now();
  const { subscriptionRef, periodEndsAt } = subscription;
  const { from, to } = periodOf(subscription, now);
  // Whoever may know how an organisation stands need not be allowed to read its books.
  const asBilling = { ...ctx, actor: systemActor("standing") };
  const used = Number(await sumPeriod(asBilling, { account: "billing.minutes_used", unit: "minutes", from, to }));
  const terms = minuteTerms(subscription, plan);
  const included = terms ? terms.included : trial.minutes;
  const overage = terms ? chargeFor(used, terms) + (now < periodEndsAt ? before : 0n) : 0n;
  const isCollected = subscriptionRef !== null;
  const standing = standingOf({ ...subscription, isCollected, isDemo, used, included, overage }, now);
  return { standing, plan, isCollected, from, included, used, overage };
}
