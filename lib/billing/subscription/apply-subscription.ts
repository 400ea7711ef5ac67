import { and, eq, lt, sql } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { Applied } from "../invoices/applied";
import { closeItems, openItem } from "../items/keep-item";
import type { SubscriptionRecord } from "../ports";
import { isAhead } from "../rules/standing";
import { settleFrom } from "./settle-from";

/**
 * Shows the subscription as the engine was read to have it. `readingNo` was taken before it was read: what a later reading showed stays
 * ("older"). "not_begun": its first payment has not come, so that the trial or the subscription there was before still counts.
 */
export async function applySubscription(
  ctx: Context,
  { subscription, readingNo }: { subscription: SubscriptionRecord; readingNo: bigint },
): Promise<Applied | "not_begun"> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx, scope) => {
    const [before] = await tx.select().from(subscriptions).where(eq(subscriptions.orgId, ctx.orgId)).for("update");
    if (!before) throw new Error("a customer without a subscription's row");
    const { status } = subscription;
    const hasBegun = status !== "incomplete" && status !== "incomplete_expired";
    if (!hasBegun && before.subscriptionRef !== subscription.ref) return "not_begun";
    const shown = shownOf(subscription);
    const now = ctx.clock.now();
    const isSame = before.subscriptionRef === subscription.ref;
    const isNewPeriod = !isSame || before.periodStartsAt.getTime() !== shown.periodStartsAt.getTime();
    const isChange = isSame && isOtherPlan(before, shown);
    const countsAnew = isChange || (isNewPeriod && isAhead(shown.periodStartsAt, now));
    const [kept] = await tx
      .update(subscriptions)
      .set({ ...shown, ...(countsAnew ? { minutesFrom: now } : {}), readingNo, updatedAt: now })
      .where(and(eq(subscriptions.orgId, ctx.orgId), lt(subscriptions.readingNo, readingNo)))
      .returning({ orgId: subscriptions.orgId });
    if (!kept) return "older";
    if (isChange) await settleFrom(ctx, tx, sql`i.ref = ${subscription.latestInvoiceRef}`);
    await tellOthers(scope, subscription);
    const changes = Object.entries(shown).flatMap(([name, value]) => {
      const [from, to] = [wordOf(before[name as keyof typeof shown]), wordOf(value)];
      return from === to ? [] : [[name, { from, to }] as const];
    });
    if (changes.length === 0) return "unchanged";
    await recordChange(scope, tx, {
      action: "subscription.changed",
      subject: { kind: "subscription", id: ctx.orgId },
      changes: Object.fromEntries(changes),
      payload: { status, plan: subscription.plan, version: subscription.planVersion },
    });
    return "changed";
  });
}

const shownOf = (subscription: SubscriptionRecord) => ({
  plan: subscription.plan,
  planVersion: subscription.planVersion,
  status: subscription.status,
  currency: subscription.currency,
  billedEvery: subscription.every,
  periodStartsAt: subscription.periodStartsAt,
  periodEndsAt: subscription.periodEndsAt,
  subscriptionRef: subscription.ref,
  billedFrom: subscription.billedFrom,
  cancelAt: subscription.cancelAt,
  endedAt: subscription.endedAt,
  pastDueSince: subscription.owedSince,
});

/** A customer pays for one; the others were begun at the engine, or on two pages at the same moment. */
async function tellOthers(ctx: Context, { customerRef, ref, others }: SubscriptionRecord): Promise<void> {
  const about = { kind: "two_subscriptions", subject: customerRef } as const;
  if (others.length === 0) return closeItems(ctx, about, "gone");
  await openItem(ctx, {
    ...about,
    facts: { counts: ref, others: [...others].sort().join(" ") },
    proposal: "Both are charged: cancel at Stripe what is not meant, and refund what was paid for it",
  });
}

type Terms = { plan: string; planVersion: number; billedEvery: string };

/** Changed elsewhere, or here by who did not come to write it down: the included minutes have begun anew about now. */
const isOtherPlan = (before: Terms, now: Terms): boolean =>
  before.plan !== now.plan || before.planVersion !== now.planVersion || before.billedEvery !== now.billedEvery;

const wordOf = (value: unknown): string | number | null =>
  value == null
    ? null
    : value instanceof Date
      ? value.toISOString()
      : typeof value === "number"
        ? value
        : String(value);
