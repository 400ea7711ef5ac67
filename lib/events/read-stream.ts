import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { EventKind, StreamedEvent } from "./schemas";

/**
 * Events after `cursor` in commit-safe order, at most `limit`. Those of transactions that may still be running are left for the next
 * read (everything below the oldest running transaction is complete), so that a reader who follows the cursor misses none.
 * Without a cursor: nothing but the present position.
 */
export async function readStream(
  ctx: Context,
  input: { cursor?: string | undefined; limit: number },
): Promise<{ cursor: string; events: StreamedEvent[] }> {
  return inTenant(ctx, async (tx) => {
    if (!input.cursor) {
      const { rows } = await tx.execute(sql`
        select coalesce((select tx::text || '_' || seq from events where tx < pg_snapshot_xmin(pg_current_snapshot())
          order by tx desc, seq desc limit 1), '0_0') as cursor`);
      return { cursor: String((rows[0] as { cursor: string }).cursor), events: [] };
    }
    const [txId = "0", seq = "0"] = input.cursor.split("_");
    const { rows } = await tx.execute(sql`
      select id, kind, subject_id, payload, created_at, tx::text || '_' || seq as cursor from events
      where (tx, seq) > (${txId}::xid8, ${seq}::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, seq limit ${input.limit}`);
    const events = (rows as Record<string, unknown>[]).map(
      (row): StreamedEvent => ({
        cursor: row.cursor as string,
        id: row.id as string,
        kind: row.kind as EventKind,
        subjectId: row.subject_id as string,
        payload: row.payload as Record<string, unknown>,
        createdAt: new Date(row.created_at as string),
      }),
    );
    return { cursor: events.at(-1)?.cursor ?? input.cursor, events };
  });
}
