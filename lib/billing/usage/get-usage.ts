import { inTenant } from "@/db/tenant";
import { businessDay } from "@/lib/calls";
import { listBalances, sumPeriod } from "@/lib/ledger";
import { authorise } from "@/lib/organizations/authorise";
import { findPlan, type PlanVersion, trial } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { chargeFor, type MinuteTerms } from "../rules/charges";
import { type Forecast, forecastMinutes } from "../rules/forecast";
import { minuteTerms } from "../rules/minute-terms";
import { periodOf } from "../rules/standing";
import { type UsageDay, usageDays } from "../rules/usage-days";
import { findSubscription, type Subscription } from "./find-subscription";
import { readShares } from "./read-shares";

const DAY_MS = 86_400_000;
/** Of the chart, and of what the forecast is made of. */
const DAYS_SHOWN = 30;

export type Usage = {
  subscription: Subscription;
  plan: PlanVersion;
  /** What minutes cost; undefined during a trial, in which they cost nothing. */
  terms: MinuteTerms | undefined;
  /** From when to when minutes count: the period, without what a trial or another plan had of it. */
  from: Date;
  to: Date;
  included: number;
  used: number;
  forecast: Forecast | undefined;
  /** What the period's minutes add to the price of the plan, in minor units of the subscription's currency. */
  charge: { now: bigint; expected: bigint; low: bigint; high: bigint };
  /** What the organisation has in hand at the engine, as the ledger knows it: the next invoice takes it. Never less than 0. */
  credit: bigint;
  /** Of the period, at most the last thirty; dates in the business's zone. */
  days: UsageDay[];
};

/**
 * What the period that runs has used, day by day, and what it comes to if the days ahead are like the last thirty. undefined while billing is
 * not configured. Minutes are the ledger's; who used them stands in the usage records.
 */
export async function getUsage(ctx: Context, { timeZone }: { timeZone: string }): Promise<Usage | undefined> {
  authorise(ctx, "billing.read");
  return inTenant(ctx, async (_tx, joined) => {
    const subscription = await findSubscription(joined);
    if (!subscription) return undefined;
    const plan = findPlan(subscription.plan, subscription.planVersion);
    if (!plan) throw new Error(`no version ${subscription.planVersion} of the plan ${subscription.plan}`);
    const now = ctx.clock.now();
    const { from, to } = periodOf(subscription, now);
    const minutesUsed = { account: "billing.minutes_used", unit: "minutes", from, to } as const;
    const used = Number(await sumPeriod(joined, minutesUsed));
    const today = businessDay(now, timeZone);
    const first = businessDay(new Date(today.start.getTime() - DAYS_SHOWN * DAY_MS), timeZone).start;
    const shares = await readShares(joined, { from: first, to: today.end, timeZone, period: { from, to } });
    const terms = minuteTerms(subscription, plan);
    const [oldest] = shares;
    const whole = oldest ? datesBetween(first, today.start, timeZone).filter((date) => date >= oldest.date) : [];
    const daysLeft = (to.getTime() - now.getTime()) / DAY_MS;
    const forecast = forecastMinutes(
      used,
      whole.map((date) => minutesOf(shares.filter((share) => share.date === date))),
      daysLeft,
    );
    const own = shares.filter((share) => share.isInPeriod);
    const inHand = (await listBalances(joined)).find(
      ({ account, unit }) => account === "billing.credits" && unit === subscription.currency,
    );
    const charge = (minutes: number) => (terms ? chargeFor(minutes, terms) : 0n);
    return {
      subscription,
      plan,
      terms,
      from,
      to,
      included: terms ? terms.included : trial.minutes,
      used,
      forecast,
      charge: {
        now: charge(used),
        expected: charge(forecast?.expected ?? used),
        low: charge(forecast?.low ?? used),
        high: charge(forecast?.high ?? used),
      },
      credit: inHand && inHand.net < 0n ? -inHand.net : 0n,
      days: usageDays(datesBetween(later(from, first), earlier(to, now), timeZone), own, {
        before: used - minutesOf(own),
        terms,
      }),
    };
  });
}

const minutesOf = (shares: readonly { minutes: number }[]) => shares.reduce((sum, { minutes }) => sum + minutes, 0);

const later = (a: Date, b: Date) => new Date(Math.max(a.getTime(), b.getTime()));
const earlier = (a: Date, b: Date) => new Date(Math.min(a.getTime(), b.getTime()));

/** Dates on the wall of a zone on which something of a half-open span of time lies. */
function datesBetween(from: Date, to: Date, timeZone: string): string[] {
  const dates: string[] = [];
  for (let day = businessDay(from, timeZone); day.start < to; day = businessDay(day.end, timeZone))
    dates.push(day.date);
  return dates;
}
