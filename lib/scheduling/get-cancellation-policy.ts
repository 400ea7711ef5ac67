import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type CancellationPolicy, noPolicy, sayPolicy } from "./rules/cancellation";
import { sayMoney } from "./rules/say-money";

export type PolicyInForce = CancellationPolicy & {
  /** The policy in sentences, for callers. */
  say: string;
  /** A service without a policy of its own follows the organisation's. */
  isOwn: boolean;
  currency: string;
};

/** The policy that holds for a service, or (`serviceId` null) for services without one of their own. */
export async function getCancellationPolicy(ctx: Context, serviceId: string | null): Promise<PolicyInForce> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select o.currency, p.windows, p.covers_moves as "coversMoves", p.service_id is not distinct from ${serviceId} and p.id is not null as "isOwn"
      from organizations o left join cancellation_policies p on p.org_id = o.id and (p.service_id = ${serviceId} or p.service_id is null)
      where o.id = ${ctx.orgId} order by p.service_id nulls last limit 1`),
  );
  const row = rows[0] as { currency: string; isOwn: boolean } & (CancellationPolicy | { windows: null });
  const policy = row.windows === null ? noPolicy : { windows: row.windows, coversMoves: row.coversMoves };
  return {
    ...policy,
    say: sayPolicy(policy, (cents) => sayMoney(cents, row.currency)),
    isOwn: row.isOwn,
    currency: row.currency,
  };
}
