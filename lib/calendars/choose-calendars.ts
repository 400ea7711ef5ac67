import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid, notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { planPersonWrites } from "./plan-writes";
import { type ChooseCalendarsInput, chooseCalendarsInput } from "./schemas";
import { settleTentative } from "./settle-tentative";

/**
 * Sets which calendars of an account make their person busy and which one receives their bookings; a person has one that receives, so
 * choosing it here ends it elsewhere. What a calendar no longer blocks is free at once. Coming bookings are written into the one that
 * receives from now on, and taken out of the one before. Throws `not_found`, and `invalid_input` for a
 * calendar that cannot be written.
 */
export async function chooseCalendars(ctx: Context, input: ChooseCalendarsInput): Promise<void> {
  authorise(ctx, "connections.manage");
  const { accountId, blocks, receives } = parse(chooseCalendarsInput, input);
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select id, name, staff_id as "staffId", writable, blocks, receives from calendars
      where org_id = ${ctx.orgId} and account_id = ${accountId} order by id for update`);
    const held = rows as {
      id: string;
      name: string;
      staffId: string;
      writable: boolean;
      blocks: boolean;
      receives: boolean;
    }[];
    const [first] = held;
    if (!first) throw notFound("This account");
    if (receives && !held.find((each) => each.id === receives)?.writable)
      throw invalid([{ path: "receives", message: "Bookings cannot be written into this calendar." }]);
    if (receives)
      await tx.execute(sql`update calendars set receives = false where org_id = ${ctx.orgId} and staff_id = ${first.staffId} and receives
        and id <> ${receives}`);
    const changed: Record<string, unknown> = {};
    for (const calendar of held) {
      const wanted = { blocks: blocks.includes(calendar.id), receives: calendar.id === receives };
      if (wanted.blocks === calendar.blocks && wanted.receives === calendar.receives) continue;
      changed[calendar.name] = wanted;
      const isNew = wanted.blocks && !calendar.blocks;
      await tx.execute(sql`
        update calendars set blocks = ${wanted.blocks}, receives = ${wanted.receives}, updated_at = ${now}::timestamptz
          ${isNew ? sql`, sync_token = null, full_sync_at = null, fresh_until = null, synced_at = null, unread = '{}', next_sync_at = ${now}::timestamptz, created_at = ${now}::timestamptz` : sql``}
          ${wanted.blocks ? sql`` : sql`, alerted_at = null, failure = null, unread = '{}', lease_token = null, lease_until = null`}
        where org_id = ${ctx.orgId} and id = ${calendar.id}`);
      if (isNew) await publishEvent(ctx, tx, { kind: "calendar.requested", subjectId: calendar.id });
      if (!wanted.blocks)
        await tx.execute(sql`delete from calendar_busy where org_id = ${ctx.orgId} and calendar_id = ${calendar.id}`);
    }
    if (Object.keys(changed).length === 0) return;
    await settleTentative(ctx, tx, first.staffId);
    await planPersonWrites(ctx, tx, first.staffId);
    await recordChange(ctx, tx, {
      action: "calendar.changed",
      subject: { kind: "calendar_account", id: accountId },
      changes: changed,
      payload: { staffId: first.staffId },
    });
  });
}
