import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/**
 * Notes that somebody is to be reminded of a booking that system_reminders_due found, and says so (`booking.reminder_due`); true when this one
 * did. Once for each start a booking has had, however many servers look; one that was cancelled or moved meanwhile is left alone.
 */
export async function raiseReminder(ctx: Context, bookingId: string): Promise<boolean> {
  authorise(ctx, "bookings.write");
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      insert into booking_reminders (org_id, booking_id, starts_at, raised_at)
      select b.org_id, b.id, b.starts_at, ${now}::timestamptz from bookings b join organizations o on o.id = b.org_id
      where b.org_id = ${ctx.orgId} and b.id = ${bookingId} and b.status = 'confirmed' and b.attendee_email is not null
        and b.starts_at > ${now}::timestamptz and b.starts_at <= ${now}::timestamptz + o.reminder_hours * interval '1 hour'
      on conflict do nothing returning booking_id`);
    if (rows.length === 0) return false;
    await publishEvent(ctx, tx, { kind: "booking.reminder_due", subjectId: bookingId });
    return true;
  });
}
