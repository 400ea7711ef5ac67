import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { closeOffer } from "./close-offer";
import { readOffers } from "./find-offer";
import { rank, type Waiting } from "./rules/rank";

export type WaitingFor = Waiting & {
  serviceId: string;
  /** Times that were offered to them before, as "<staff id>@<milliseconds>": nobody is asked twice. */
  offered: string[];
};

export const timeKey = (staffId: string, startMs: number): string => `${staffId}@${startMs}`;

/** One at a time gives out an organisation's freed times; the lock ends with the transaction. */
export const lockWaitlist = (ctx: Context, tx: Tx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`waitlist ${ctx.orgId}`}, 0))`);

/** Writes down that offers have run out: until then they only count as if. Their holds go, which tells of the free time. */
export async function closeExpired(ctx: Context & { tx: Tx }): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const due = sql`f.status = 'open' and f.expires_at <= ${now}::timestamptz`;
  for (const offer of await readOffers(ctx, ctx.tx, due, { isLocked: true })) await closeOffer(ctx, offer, "expired");
}

/** Who waits and has no open offer, in the order in which they are asked; at most 500. */
export async function loadWaiting(ctx: Context, tx: Tx, entryId?: string): Promise<WaitingFor[]> {
  const { rows } = await tx.execute(sql`
    select e.id, e.service_id as "serviceId", e.staff_id as "staffId", e.priority,
      (extract(epoch from e.joined_at) * 1000)::double precision as "joinedAtMs", e.from_on::text as "fromOn", e.to_on::text as "toOn",
      e.from_minute as "fromMinute", e.to_minute as "toMinute",
      coalesce((select json_agg(o.staff_id || '@' || (extract(epoch from o.starts_at) * 1000)::bigint) from waitlist_offers o
        where o.org_id = e.org_id and o.entry_id = e.id), '[]') as offered
    from waitlist_entries e where e.org_id = ${ctx.orgId} and e.status = 'waiting' and ${entryId ? sql`e.id = ${entryId}` : sql`true`}
      and not exists (select from waitlist_offers o where o.org_id = e.org_id and o.entry_id = e.id and o.status = 'open')
    order by e.priority desc, e.joined_at, e.id limit 500`);
  return rank(rows as WaitingFor[]);
}
