import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { countNumbers } from "@/lib/connections";
import { authorise } from "@/lib/organizations/authorise";
import type { Entitlements, PlanVersion } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result } from "@/lib/platform/result";
import { sendBeforeChange } from "../meter/send-before-change";
import type { CheckoutPort, MeterPort, PlanTerms, ProrationPreview } from "../ports";
import { type PlanChoice, planChoice } from "../schemas";
import { plannedChange } from "./planned-change";
import { reachEngine } from "./reach-engine";

type Both<T> = { before: T; after: T };

/** What there is more of than the other plan allows: it stays, only no more can be added. */
export type Exceeded = { what: keyof Entitlements; has: number; allows: number };

/** Amounts in the currency's minor unit; `minutes` are those included in a period of the plan's. */
export type PlanChangePreview = ProrationPreview & {
  /** To be handed to `changePlan` with `dueNow`: the change then costs exactly this, for a quarter of an hour. */
  at: Date;
  from: PlanTerms;
  to: PlanTerms;
  price: Both<bigint>;
  minutes: Both<number>;
  perMinute: Both<bigint>;
  exceeded: Exceeded[];
};

/** What another plan, or paying at other intervals, would cost and change; changes nothing. */
export async function previewPlanChange(
  ctx: Context,
  port: CheckoutPort & MeterPort,
  choice: PlanChoice,
): Promise<Result<PlanChangePreview, "not_subscribed" | "payment_owed" | "same_plan" | "unavailable">> {
  authorise(ctx, "billing.manage");
  const planned = await plannedChange(ctx, parse(planChoice, choice));
  if (!planned.ok) return planned;
  const { subscription, from, to, before, after } = planned.value;
  await sendBeforeChange(ctx, port);
  // The engine counts in whole seconds, and knows of no change before its period.
  const at = new Date(
    Math.max(Math.floor(ctx.clock.now().getTime() / 1000) * 1000, subscription.periodStartsAt.getTime()),
  );
  const preview = await reachEngine(ctx, () =>
    port.previewChange({ subscriptionRef: subscription.subscriptionRef, to, at }),
  );
  if (!preview.ok) return preview;
  const both = <T>(tell: (plan: PlanVersion, terms: PlanTerms) => T): Both<T> => ({
    before: tell(before, from),
    after: tell(after, to),
  });
  return ok({
    ...preview.value,
    at,
    from,
    to,
    price: both((plan, { currency, every }) => plan.prices[currency][every]),
    minutes: both((plan, { every }) => plan.minutesAMonth * (every === "year" ? 12 : 1)),
    perMinute: both((plan, { currency }) => plan.prices[currency].perMinute),
    exceeded: await exceededBy(ctx, after),
  });
}

async function exceededBy(ctx: Context, { entitlements }: PlanVersion): Promise<Exceeded[]> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select (select count(*)::int from agents where org_id = o.id and active) as agents,
        (select count(*)::int from members where org_id = o.id) as members,
        o.retention_days as "retentionDays"
      from organizations o where o.id = ${ctx.orgId}`),
  );
  const counted = rows[0] as Record<"agents" | "members" | "retentionDays", number> | undefined;
  const has = counted && { ...counted, numbers: await countNumbers(ctx) };
  return (["agents", "members", "numbers", "retentionDays"] as const).flatMap((what) => {
    const allows = entitlements[what];
    const count = has?.[what] ?? 0;
    return allows !== null && count > allows ? [{ what, has: count, allows }] : [];
  });
}
