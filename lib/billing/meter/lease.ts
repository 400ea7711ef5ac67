import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { randomToken } from "@/lib/platform/crypto";
import { type PlanTerms, readTerms } from "./read-terms";

/** Longer than a few requests with their repetitions take. It counts real time: whoever holds it may have been killed. */
const LEASE_SECONDS = 60;
/** Two requests, each repeated twice, take no longer. */
const ITEM_LEASE_SECONDS = 120;
/** So long somebody who sends minutes is waited for. */
const MOST_WAIT_MS = 3_000;
const PAUSE_MS = 100;

/** An organisation whose minutes are being sent by us alone. */
export type Metered = {
  lease: string;
  customerRef: string;
  period: { startsAt: Date; endsAt: Date };
  /** A change of the plan has invoiced what was used before it. */
  settledBefore: Date | null;
  terms: PlanTerms;
};

/** The engine takes one event of a customer at a time. undefined: somebody else is at it, or there is no customer. */
export async function takeLease(ctx: Context, seconds = LEASE_SECONDS): Promise<Metered | undefined> {
  const lease = randomToken(12);
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update subscriptions set meter_lease = ${lease}, meter_lease_until = clock_timestamp() + make_interval(secs => ${seconds})
      where org_id = ${ctx.orgId} and customer_ref is not null and (meter_lease_until is null or meter_lease_until < clock_timestamp())
      returning customer_ref, period_starts_at, period_ends_at, plan, plan_version, currency, billed_every, minutes_from`),
  );
  const row = rows[0] as Record<string, string | null> | undefined;
  if (!row) return undefined;
  return {
    lease,
    customerRef: row.customer_ref ?? "",
    period: { startsAt: new Date(row.period_starts_at ?? 0), endsAt: new Date(row.period_ends_at ?? 0) },
    settledBefore: row.minutes_from == null ? null : new Date(row.minutes_from),
    terms: readTerms(row),
  };
}

/** False: it took too long, and somebody else may be at it. */
export async function renewLease(ctx: Context, { lease }: Metered): Promise<boolean> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update subscriptions set meter_lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      where org_id = ${ctx.orgId} and meter_lease = ${lease} returning org_id`),
  );
  return rows.length > 0;
}

export async function giveLeaseBack(ctx: Context, { lease }: Metered): Promise<void> {
  await inTenant(ctx, (tx) =>
    tx.execute(
      sql`update subscriptions set meter_lease = null, meter_lease_until = null where org_id = ${ctx.orgId} and meter_lease = ${lease}`,
    ),
  );
}

/**
 * What is credited or charged apart is worth what the count before it makes it worth: one such item of a customer at a time, from reading the
 * count to writing down what was given, without a transaction open meanwhile. "busy": somebody else is at it.
 */
export async function withLease<T>(ctx: Context, work: () => Promise<T>): Promise<T | "busy"> {
  const end = performance.now() + MOST_WAIT_MS;
  for (;;) {
    const metered = await takeLease(ctx, ITEM_LEASE_SECONDS);
    if (metered) return await work().finally(() => giveLeaseBack(ctx, metered));
    if (performance.now() > end) return "busy";
    await sleep(PAUSE_MS);
  }
}
