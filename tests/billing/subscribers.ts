import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { startCheckout, syncSubscription } from "@/lib/billing";
import type { PlanChoice } from "@/lib/billing/schemas";
import type { Context } from "@/lib/platform/context";
import { anyDatabase } from "../database";
import { emulatedStripe, subscriptionRow } from "../emulated-stripe";
import { createTestOrganization } from "../organization";

export const pages = { returnUrl: "https://caly.example/o/t/billing", cancelUrl: "https://caly.example/o/t/billing" };
export const starter: PlanChoice = { plan: "starter", every: "month" };
export const growth: PlanChoice = { plan: "growth", every: "month" };

/** Organisations that pay at an emulated Stripe of their own. */
export async function openSubscribers() {
  const [database, engine] = await Promise.all([anyDatabase(), emulatedStripe()]);
  let skippedMs = 0;
  const clock = { now: () => new Date(Date.now() + skippedMs) };
  const owner = async (currency = "USD") => {
    const organization = await createTestOrganization(database, { currency });
    return { ...organization, ctx: { ...organization.as("owner"), clock } };
  };
  return {
    database,
    engine,
    /** Goes with the engine's as far as `skip` moves it. */
    clock,
    async skip(seconds: number): Promise<void> {
      await engine.control("/clock", { skipSeconds: seconds });
      skippedMs += seconds * 1000;
    },
    owner,
    /** Pays on the page and reads what Stripe then has. */
    async subscribed(choice = starter, currency = "USD") {
      const org = await owner(currency);
      const { ctx } = org;
      const asked = await startCheckout(ctx, engine.port, { ...choice, ...pages });
      if (!asked.ok) throw new Error(asked.reason);
      await engine.pay(asked.value.url);
      expect(await syncSubscription(ctx, engine.port)).toEqual({ ok: true, value: { isSubscribed: true } });
      const row = await subscriptionRow(ctx);
      expect(row).toMatchObject({ status: "active", plan: choice.plan, billedEvery: choice.every });
      expect(row?.billedFrom).toEqual(row?.periodStartsAt);
      return { ...org, ref: row?.subscriptionRef ?? "", customer: row?.customerRef ?? "" };
    },
    /** What members did, as the audit has it. */
    audit: async (ctx: Context) =>
      (
        await withTenant(database, ctx.orgId, (tx) =>
          tx.select().from(auditEntries).where(eq(auditEntries.orgId, ctx.orgId)).orderBy(auditEntries.id),
        )
      ).filter(({ actorKind }) => actorKind === "member"),
  };
}
