import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type Alert, alertsReached, worthALetter } from "../rules/alerts";
import { readStanding } from "../standing/read-standing";

/**
 * Writes down what owners are to be told about their spending cap and their trial, each once in a period, with an event for the letter and the
 * screens. To be called whenever minutes were counted, and now and then for what comes with time.
 */
export async function raiseAlerts(ctx: Context): Promise<Alert[]> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx, scope) => {
    const stands = await readStanding(scope);
    if (!stands) return [];
    const now = ctx.clock.now();
    const { subscription } = stands;
    const reached = alertsReached({ ...subscription, ...stands }, now);
    if (reached.length === 0) return [];
    const period = subscription.periodStartsAt.toISOString();
    const { rows } = await tx.execute(sql`
      insert into spending_alerts (org_id, period_starts_at, what, threshold, created_at)
      select ${ctx.orgId}, ${period}::timestamptz, a.what, a.threshold, ${now.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(reached)}::jsonb) as a(what text, threshold int)
      on conflict do nothing returning what, threshold`);
    const isFresh = ({ what, threshold }: Alert) =>
      rows.some((row) => row.what === what && row.threshold === threshold);
    const fresh = reached.filter(isFresh);
    const letters = worthALetter(fresh, reached);
    const passedOver = fresh.filter((alert) => !letters.includes(alert));
    if (passedOver.length > 0)
      await tx.execute(sql`
        update spending_alerts s set mailed_at = created_at
        from jsonb_to_recordset(${JSON.stringify(passedOver)}::jsonb) as a(what text, threshold int)
        where s.org_id = ${ctx.orgId} and s.period_starts_at = ${period}::timestamptz and s.what = a.what and s.threshold = a.threshold`);
    for (const alert of letters)
      await recordChange(scope, tx, {
        action: "subscription.alerted",
        subject: { kind: "subscription", id: ctx.orgId },
        changes: alert,
        payload: alert,
      });
    return letters;
  });
}
