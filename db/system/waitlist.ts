import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows, type TenantRef } from "./rows";

export type OfferLinkRef = { orgId: string; offerId: string; startsAt: Date };

/** The offer a link's token was made for; `startsAt` is when the time it offers begins. */
export async function findOfferLink(database: Database, tokenHash: string): Promise<OfferLinkRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_offer_link(${tokenHash})`);
  if (!row) return undefined;
  return {
    orgId: row.org_id as string,
    offerId: row.offer_id as string,
    startsAt: new Date(row.starts_at as string),
  };
}

/** Holds that ran out where somebody waits for a time, and those of waitlist offers that did, whether or not they are still there. */
export const listWaitlistDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_waitlist_due(${due.toISOString()}::timestamptz, ${limit})`,
  );
