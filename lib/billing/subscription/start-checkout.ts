import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import { currentPlan, planCurrency } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { findOwedInvoice } from "../invoices/find-owed-invoice";
import type { CheckoutPort } from "../ports";
import { type PlanChoice, planChoice } from "../schemas";
import { insertTrial } from "../start-trial";
import { isSubscribed, lockedSubscription } from "./locked-subscription";
import { reachEngine } from "./reach-engine";

/**
 * Gives a page of the engine's on which the owner pays for a plan; from the payment on it is charged, what is left of a trial is not kept.
 * However often and in however many windows it is asked, there is one customer, and one page to pay on at a time. `returnUrl` and `cancelUrl`
 * are pages of ours. An organisation from before billing was configured gets its trial with the first press. "payment_owed": an invoice of a
 * subscription before is paid first.
 */
export async function startCheckout(
  ctx: Context,
  port: CheckoutPort,
  { returnUrl, cancelUrl, ...choice }: PlanChoice & { returnUrl: string; cancelUrl: string },
): Promise<Result<{ url: string }, "already_subscribed" | "payment_owed" | "unavailable">> {
  authorise(ctx, "billing.manage");
  const { plan, every } = parse(planChoice, choice);
  const org = await inTenant(ctx, (tx) => load(ctx, tx));
  if (isSubscribed(org.subscription)) return refuse("already_subscribed");
  if (await findOwedInvoice(ctx)) return refuse("payment_owed");
  const asked = await reachEngine(ctx, async () => {
    const customerRef = org.subscription?.customerRef ?? (await keepCustomer(ctx, port, org));
    const terms = { plan, planVersion: currentPlan(plan).version, currency: planCurrency(org.currency), every };
    const cause = `checkout:${ctx.orgId}`;
    return port.createCheckout({ ...terms, orgId: ctx.orgId, customerRef, returnUrl, cancelUrl, cause });
  });
  if (!asked.ok) return asked;
  if (asked.value === "subscribed") return refuse("already_subscribed");
  await inTenant(ctx, (tx) =>
    recordChange(ctx, tx, {
      action: "subscription.checkout_started",
      subject: { kind: "subscription", id: ctx.orgId },
      changes: { plan, every },
    }),
  );
  return ok({ url: asked.value.url });
}

async function load(ctx: Context, tx: Tx) {
  const { rows } = await tx.execute(sql`
    select o.name, o.currency, (select p.email from org_people() p where p.id = ${"userId" in ctx.actor ? ctx.actor.userId : null}) as email
    from organizations o where o.id = ${ctx.orgId}`);
  const org = rows[0] as { name: string; currency: string; email: string | null } | undefined;
  if (!org) throw notFound("This organisation");
  await insertTrial(ctx, tx);
  return { ...org, subscription: await lockedSubscription(ctx, tx) };
}

/** The customer that was kept first counts, whoever made another meanwhile. */
async function keepCustomer(
  ctx: Context,
  port: CheckoutPort,
  { name, email }: { name: string; email: string | null },
): Promise<string> {
  const cause = `customer:${ctx.orgId}`;
  const { customerRef } = await port.createCustomer({ orgId: ctx.orgId, name, email, cause });
  return inTenant(ctx, async (tx) => {
    const [kept] = await tx
      .update(subscriptions)
      .set({ customerRef: sql`coalesce(${subscriptions.customerRef}, ${customerRef})` })
      .where(eq(subscriptions.orgId, ctx.orgId))
      .returning({ customerRef: subscriptions.customerRef });
    return kept?.customerRef ?? customerRef;
  });
}
