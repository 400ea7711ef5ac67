import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** Says once that calendars cannot be relied on: until they recover, they are told about and their people's hours are tentative. */
export async function raiseAlerts(ctx: Context, tx: Tx, calendarIds: readonly string[]): Promise<void> {
  for (const id of calendarIds) {
    const { rows } = await tx.execute(sql`
      update calendars c set alerted_at = ${ctx.clock.now().toISOString()}::timestamptz from staff s
      where c.org_id = ${ctx.orgId} and c.id = ${id} and c.alerted_at is null and s.org_id = c.org_id and s.id = c.staff_id and s.active
      returning c.name, c.staff_id as "staffId", s.name as staff, c.failure`);
    const row = rows[0] as { name: string; staffId: string; staff: string; failure: string | null } | undefined;
    if (!row) continue;
    await recordChange(ctx, tx, {
      action: "calendar.alerted",
      subject: { kind: "calendar", id },
      changes: { calendar: row.name, staff: row.staff, reason: row.failure ?? "not read in time" },
      payload: { staffId: row.staffId },
    });
  }
}

/** For a calendar that system_calendars_stale found. One that was read meanwhile is left alone. */
export async function alertStaleCalendar(ctx: Context, calendarId: string): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select id from calendars where org_id = ${ctx.orgId} and id = ${calendarId} and blocks
        and (fresh_until is null or fresh_until < ${ctx.clock.now().toISOString()}::timestamptz) for update`);
    if (rows.length > 0) await raiseAlerts(ctx, tx, [calendarId]);
  });
}
