import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { singleton } from "@/lib/platform/singleton";

/** How long a connection's last event may be behind what has come. */
const NOTED_FOR_MS = 30_000;
const MAX_NOTED = 5_000;

const noted = () => singleton("connections-seen", () => new Map<string, number>());

/**
 * Notes that something has come through a connection: the first ever is told to whoever waits for it. Once in half a minute is enough, so
 * that a busy connection's one row is not what all of its calls write to. Apart from the message's own transaction, which must not wait for
 * that row. Throws when it could not be noted; the next message tries again.
 */
export async function markConnectionSeen(ctx: Context, connectionId: string): Promise<void> {
  authorise(ctx, "calls.write");
  const now = ctx.clock.now();
  const known = noted();
  const last = known.get(connectionId);
  if (last !== undefined && Math.abs(+now - last) < NOTED_FOR_MS) return;
  known.delete(connectionId);
  known.set(connectionId, +now);
  for (const oldest of known.keys()) {
    if (known.size <= MAX_NOTED) break;
    known.delete(oldest);
  }
  await note(ctx, connectionId, now).catch((error: unknown) => {
    known.delete(connectionId);
    throw error;
  });
}

function note(ctx: Context, connectionId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  return inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(sql`
      with before as (select id, first_event_at is null as is_first from connections where org_id = ${ctx.orgId} and id = ${connectionId} for update)
      update connections c set first_event_at = coalesce(c.first_event_at, ${at}::timestamptz),
        last_event_at = greatest(c.last_event_at, ${at}::timestamptz)
      from before where c.id = before.id returning before.is_first`);
    const row = rows[0] as { is_first: boolean } | undefined;
    if (row?.is_first)
      await publishEvent(scope, tx, {
        kind: "connection.received_first_event",
        subjectId: connectionId,
        payload: { at },
      });
  });
}
