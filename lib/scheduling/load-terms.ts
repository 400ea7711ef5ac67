import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { type CancellationPolicy, noPolicy, termsAt } from "./rules/cancellation";
import { sayMoney } from "./rules/say-money";
import type { BookingStatus, ChangeTerms } from "./schemas";

type Loaded = {
  status: BookingStatus;
  startMs: string;
  priceCents: number | null;
  currency: string;
  policy: CancellationPolicy | null;
};

/** What changing a booking means now; the row is locked, so that the terms still hold when the change is written. */
export async function loadTerms(
  ctx: Context,
  tx: Tx,
  bookingId: string,
  change: "cancel" | "move",
): Promise<ChangeTerms & { status: BookingStatus }> {
  const { rows } = await tx.execute(sql`
    select b.status, (extract(epoch from b.starts_at) * 1000)::bigint as "startMs", b.price_cents as "priceCents", o.currency,
      ${policyOf(sql`b.service_id`, ctx.orgId)} as policy
    from bookings b join organizations o on o.id = b.org_id
    where b.org_id = ${ctx.orgId} and b.id = ${bookingId} and b.status <> 'held' for update of b`);
  const row = rows[0] as Loaded | undefined;
  if (!row) throw notFound("This booking");
  const booking = { startMs: Number(row.startMs), priceCents: row.priceCents };
  const terms = termsAt(row.policy ?? noPolicy, change, booking, ctx.clock.now().getTime());
  return { ...terms, currency: row.currency, fee: sayMoney(terms.feeCents, row.currency), status: row.status };
}

/** The policy of a service, else the organisation's, as one jsonb value; null when there is none. */
export const policyOf = (serviceId: ReturnType<typeof sql>, orgId: string) => sql`(
    select jsonb_build_object('windows', p.windows, 'coversMoves', p.covers_moves) from cancellation_policies p
    where p.org_id = ${orgId} and (p.service_id = ${serviceId} or p.service_id is null) order by p.service_id nulls last limit 1)`;
