import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/**
 * Asks for a calendar to be read now, because its vendor said that something changed or somebody pressed a button. Asked again before the
 * reading has begun it is the same request: a hundred messages cost one reading. True when this one asked.
 */
export async function requestSync(ctx: Context, calendarId: string): Promise<boolean> {
  authorise(ctx, "connections.manage");
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      update calendars set requested_at = ${now}::timestamptz, next_sync_at = least(next_sync_at, ${now}::timestamptz)
      where org_id = ${ctx.orgId} and id = ${calendarId} and blocks and requested_at is null returning id`);
    if (rows.length === 0) return false;
    await publishEvent(ctx, tx, { kind: "calendar.requested", subjectId: calendarId });
    return true;
  });
}
