import { sql } from "drizzle-orm";
import { constraintOf, inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { type CancellationPolicyInput, cancellationPolicyInput } from "./schemas";

/**
 * Sets what late changes cost, for one service or for every service without a policy of its own; from this moment it holds for every booking
 * that has not been cancelled yet. Throws `not_found` for a service that is not the organisation's.
 */
export async function setCancellationPolicy(ctx: Context, input: CancellationPolicyInput): Promise<void> {
  authorise(ctx, "scheduling.configure");
  const { serviceId, windows, coversMoves } = parse(cancellationPolicyInput, input);
  const sorted = windows.toSorted((a, b) => b.withinMinutes - a.withinMinutes);
  await inTenant(ctx, async (tx) => {
    const id = newId("cancellationPolicy");
    const now = ctx.clock.now().toISOString();
    await tx
      .execute(
        sql`insert into cancellation_policies (id, org_id, service_id, windows, covers_moves, created_at, updated_at)
        values (${id}, ${ctx.orgId}, ${serviceId}, ${JSON.stringify(sorted)}::jsonb, ${coversMoves}, ${now}::timestamptz, ${now}::timestamptz)
        on conflict (org_id, coalesce(service_id, ''::text)) do update set windows = excluded.windows, covers_moves = excluded.covers_moves,
          updated_at = excluded.updated_at`,
      )
      .catch((error: unknown) => {
        throw constraintOf(error) === "cancellation_policies_service" ? notFound("This service") : error;
      });
    await record(ctx, tx, serviceId, { windows: sorted, coversMoves });
  });
}

/** A service goes back to the organisation's policy, the organisation to none. */
export async function removeCancellationPolicy(ctx: Context, input: { serviceId: string | null }): Promise<void> {
  authorise(ctx, "scheduling.configure");
  await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      delete from cancellation_policies where org_id = ${ctx.orgId} and service_id is not distinct from ${input.serviceId} returning id`);
    if (rows.length > 0) await record(ctx, tx, input.serviceId, { removed: true });
  });
}

const record = (
  ctx: Context,
  tx: Parameters<typeof recordChange>[1],
  serviceId: string | null,
  changes: Record<string, unknown>,
) =>
  recordChange(ctx, tx, {
    action: "cancellation_policy.changed",
    subject: serviceId ? { kind: "service", id: serviceId } : { kind: "organization", id: ctx.orgId },
    changes,
    payload: { serviceId },
  });
