import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/**
 * Notes that messages of this call have come through its connection: the first ever is told to whoever waits for it. Apart from the message's
 * own transaction, because all calls of a connection would queue for its one row.
 */
export async function markConnectionSeen(ctx: Context, callId: string): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(sql`
      with seen as (select k.connection_id as id, c.first_event_at is null as is_first,
          (select min(i.received_at) from inbox_events i where i.org_id = k.org_id and i.call_id = k.id) as first_at,
          greatest(k.last_event_at, c.last_event_at) as last_at
        from calls k join connections c on c.id = k.connection_id where k.org_id = ${ctx.orgId} and k.id = ${callId} for update of c)
      update connections c set first_event_at = coalesce(c.first_event_at, seen.first_at, seen.last_at), last_event_at = seen.last_at
      from seen where c.id = seen.id returning c.id, seen.is_first, c.first_event_at`);
    const row = rows[0] as { id: string; is_first: boolean; first_event_at: string } | undefined;
    if (row?.is_first)
      await publishEvent(scope, tx, {
        kind: "connection.received_first_event",
        subjectId: row.id,
        payload: { at: new Date(row.first_event_at).toISOString() },
      });
  });
}
