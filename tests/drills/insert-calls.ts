import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import type { MadeCall } from "./usage-calls";

/** Calls as they stand while they last; of those that will get stuck, the last thing that was heard. */
export async function insertCalls(
  database: Database,
  calls: readonly MadeCall[],
  orgs: { orgId: string; connectionId: string }[],
) {
  for (const [n, { orgId, connectionId }] of orgs.entries()) {
    const rows = calls
      .filter((call) => call.org === n)
      .map(({ id, kind, answeredAt, lastHeard }) => ({
        id,
        kind,
        at: answeredAt.toISOString(),
        heard: lastHeard === null ? null : new Date(answeredAt.getTime() + lastHeard * 1000).toISOString(),
      }));
    const list = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as made(id text, kind text, at timestamptz, heard timestamptz)`;
    await withTenant(database, orgId, async (tx) => {
      await tx.execute(sql`
        insert into calls (id, org_id, connection_id, external_id, kind, status, started_at, answered_at, last_event_at)
        select id, ${orgId}, ${connectionId}, id, kind, 'in_progress', at, at, at from ${list}`);
      await tx.execute(sql`
        insert into inbox_events (id, org_id, connection_id, call_external_id, call_id, kind, dedupe_key, body, received_at, processed_at)
        select 'ibx_' || id, ${orgId}, ${connectionId}, id, id, 'transcript', id, '{}', heard, heard from ${list} where heard is not null`);
    });
  }
}
