import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows } from "./rows";

export type ManageLinkRef = { orgId: string; bookingId: string; endsAt: Date };

/** The booking a manage link's token was made for; `endsAt` is when its appointment ends. */
export async function findManageLink(database: Database, tokenHash: string): Promise<ManageLinkRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_manage_link(${tokenHash})`);
  if (!row) return undefined;
  return {
    orgId: row.org_id as string,
    bookingId: row.booking_id as string,
    endsAt: new Date(row.ends_at as string),
  };
}
