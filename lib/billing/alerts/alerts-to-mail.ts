import { and, asc, eq, isNull } from "drizzle-orm";
import { organizations, spendingAlerts } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { Alert } from "../rules/alerts";
import { readStanding, type StandingNow } from "../standing/read-standing";

export type AlertsToMail = {
  organization: { name: string; slug: string; timeZone: string };
  stands: StandingNow;
  /** Raised anew, one is another. */
  alerts: (Alert & { raisedAt: Date })[];
};

/** What owners have not been written about yet, with how the organisation stands now; undefined when there is nothing. */
export async function alertsToMail(ctx: Context): Promise<AlertsToMail | undefined> {
  authorise(ctx, "billing.read");
  return inTenant(ctx, async (tx, scope) => {
    const alerts = await tx
      .select({ what: spendingAlerts.what, threshold: spendingAlerts.threshold, raisedAt: spendingAlerts.createdAt })
      .from(spendingAlerts)
      .where(and(eq(spendingAlerts.orgId, ctx.orgId), isNull(spendingAlerts.mailedAt)))
      .orderBy(asc(spendingAlerts.createdAt), asc(spendingAlerts.threshold));
    const [organization] = await tx
      .select({ name: organizations.name, slug: organizations.slug, timeZone: organizations.timeZone })
      .from(organizations)
      .where(eq(organizations.id, ctx.orgId));
    const stands = await readStanding(scope);
    return alerts.length > 0 && organization && stands ? { organization, stands, alerts } : undefined;
  });
}

export async function markAlertsMailed(ctx: Context, alerts: readonly Alert[]): Promise<void> {
  authorise(ctx, "ledger.write");
  await inTenant(ctx, async (tx) => {
    for (const { what, threshold } of alerts)
      await tx
        .update(spendingAlerts)
        .set({ mailedAt: ctx.clock.now() })
        .where(
          and(
            eq(spendingAlerts.orgId, ctx.orgId),
            eq(spendingAlerts.what, what),
            eq(spendingAlerts.threshold, threshold),
            isNull(spendingAlerts.mailedAt),
          ),
        );
  });
}
