import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { withSystem } from "../tenant";
import { rows } from "./rows";

export type UnrelayedEvent = {
  id: string;
  orgId: string;
  kind: string;
  subjectId: string;
  /** Of a booking: whether its organisation has calendars, and whether somebody left an address. False for everything else. */
  hasCalendars: boolean;
  hasAddress: boolean;
};

/**
 * Hands unrelayed events to `deliver` and marks them relayed when it returns; a crash in between delivers them again,
 * so the receiver must recognise an event id it has seen. Two relays at once take different events. Returns how many.
 */
export async function relayEvents(
  database: Database,
  limit: number,
  deliver: (events: UnrelayedEvent[]) => Promise<void>,
): Promise<number> {
  if (!database.pool) {
    // PGlite has one connection: delivering inside the transaction would wait for itself.
    const found = await rows<UnrelayedEvent>(database, unrelayed(limit));
    if (found.length === 0) return 0;
    await deliver(found);
    await rows(database, markRelayed(found));
    return found.length;
  }
  return withSystem(database, async (tx) => {
    const found = (await tx.execute(unrelayed(limit))).rows as unknown as UnrelayedEvent[];
    if (found.length === 0) return 0;
    await deliver(found);
    await tx.execute(markRelayed(found));
    return found.length;
  });
}

const unrelayed = (limit: number) =>
  sql`select id, org_id as "orgId", kind, subject_id as "subjectId", has_calendars as "hasCalendars", has_address as "hasAddress"
    from system_unrelayed_events(${limit})`;

const markRelayed = (found: UnrelayedEvent[]) =>
  sql`select system_mark_relayed(array[${sql.join(
    found.map((e) => sql`${e.id}`),
    sql`, `,
  )}]::text[])`;
