import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { type CancellationPolicy, noPolicy, termsAt } from "./rules/cancellation";
import { sayMoney } from "./rules/say-money";
import type { BookingStatus, ChangeTerms } from "./schemas";

type Loaded = {
  id: string;
  status: BookingStatus;
  startMs: string;
  priceCents: number | null;
  currency: string;
  policy: CancellationPolicy | null;
};

export type LoadedTerms = ChangeTerms & { status: BookingStatus };
type Options = {
  /** Keeps the row until the transaction ends, so that the terms still hold when the change is written. */
  isLocked: boolean;
};

/** What changing a booking means now. Throws `not_found`. */
export async function loadTerms(
  ctx: Context,
  tx: Tx,
  bookingId: string,
  change: "cancel" | "move",
  options: Options = { isLocked: true },
): Promise<LoadedTerms> {
  const terms = (await loadTermsOf(ctx, tx, [bookingId], change, options)).get(bookingId);
  if (!terms) throw notFound("This booking");
  return terms;
}

/** The same of several bookings in one statement, by their ids; holds have none. Rows are locked in the order of their starts. */
export async function loadTermsOf(
  ctx: Context,
  tx: Tx,
  bookingIds: readonly string[],
  change: "cancel" | "move",
  { isLocked }: Options,
): Promise<Map<string, LoadedTerms>> {
  const ids = sql`select value from json_array_elements_text(${JSON.stringify(bookingIds)}::json)`;
  const { rows } = await tx.execute(sql`
    select b.id, b.status, (extract(epoch from b.starts_at) * 1000)::bigint as "startMs", b.price_cents as "priceCents", o.currency,
      ${policyOf(sql`b.service_id`, ctx.orgId)} as policy
    from bookings b join organizations o on o.id = b.org_id
    where b.org_id = ${ctx.orgId} and b.id in (${ids}) and b.status <> 'held'
    order by b.starts_at, b.id ${isLocked ? sql`for update of b` : sql``}`);
  const nowMs = ctx.clock.now().getTime();
  return new Map(
    (rows as Loaded[]).map((row) => {
      const booking = { startMs: Number(row.startMs), priceCents: row.priceCents };
      const terms = termsAt(row.policy ?? noPolicy, change, booking, nowMs);
      const { currency, status } = row;
      return [row.id, { ...terms, currency, fee: sayMoney(terms.feeCents, currency), status }] as const;
    }),
  );
}

/** The policy of a service, else the organisation's, as one jsonb value; null when there is none. */
const policyOf = (serviceId: SQL, orgId: string): SQL => sql`(
    select jsonb_build_object('windows', p.windows, 'coversMoves', p.covers_moves) from cancellation_policies p
    where p.org_id = ${orgId} and (p.service_id = ${serviceId} or p.service_id is null) order by p.service_id nulls last limit 1)`;
