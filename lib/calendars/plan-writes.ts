import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { eventKeyOf } from "./event-key";

type Row = { bookingId: string; calendarId: string | null };

/**
 * Marks what has to be written of a booking: into the calendar that receives its person's bookings, those of further people included, and
 * wherever it was written before. The event's key stands in our table from here on, so that what appears in the calendar is known as ours.
 * Returns how many writes there are.
 */
export async function planWrites(ctx: Context, bookingId: string): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select b.id as "bookingId", c.id as "calendarId" from bookings b
        left join calendars c on c.org_id = b.org_id and c.staff_id = b.staff_id and c.receives
      where b.org_id = ${ctx.orgId} and b.status = 'confirmed' and b.ends_at > ${now}::timestamptz
        and (b.id = ${bookingId} or (b.part_of_id = ${bookingId}
          and b.staff_id <> (select m.staff_id from bookings m where m.org_id = ${ctx.orgId} and m.id = ${bookingId})))`);
    for (const { bookingId: id, calendarId } of rows as Row[])
      if (calendarId)
        await tx.execute(sql`
          insert into calendar_writes (org_id, booking_id, calendar_id, key, created_at)
          values (${ctx.orgId}, ${id}, ${calendarId}, ${eventKeyOf(ctx.orgId, id)}, ${now}::timestamptz) on conflict do nothing`);
    const due = await tx.execute(sql`
      update calendar_writes set due_at = ${now}::timestamptz where org_id = ${ctx.orgId}
        and booking_id in (select id from bookings where org_id = ${ctx.orgId} and (id = ${bookingId} or part_of_id = ${bookingId}))
      returning booking_id`);
    return due.rows.length;
  });
}
