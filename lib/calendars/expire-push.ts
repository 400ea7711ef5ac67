import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** The vendor says that its channel ends, or has ended: another is asked for when the calendar is read next. */
export async function expirePush(ctx: Context, calendarId: string): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update calendars set push_expires_at = ${ctx.clock.now().toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and id = ${calendarId} and push_channel_id is not null`),
  );
}
