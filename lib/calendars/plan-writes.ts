import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { eventKeyOf } from "./event-key";

/**
 * Marks what has to be written of a booking: into the calendars that receive the bookings of those who take part in it, and wherever it was
 * written before. Returns how many writes there are.
 */
export async function planWrites(ctx: Context, bookingId: string): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    await addWrites(ctx, tx, sql`(p.id = ${bookingId} or p.part_of_id = ${bookingId})`);
    const due = await tx.execute(sql`
      update calendar_writes set due_at = ${now}::timestamptz where org_id = ${ctx.orgId} and booking_id = ${bookingId} returning booking_id`);
    return due.rows.length;
  });
}

/**
 * Marks a person's coming bookings, after another calendar was chosen to receive them: to be written into the one that does now, and to be
 * taken out of those that do not any more. Those that are as they should be are left alone.
 */
export async function planPersonWrites(ctx: Context, tx: Tx, staffId: string): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await addWrites(ctx, tx, sql`p.staff_id = ${staffId}`);
  // Due again at another time than before: a write that is under way sees by it that it must be done once more.
  await tx.execute(sql`
    update calendar_writes w
    set due_at = ${now}::timestamptz - case when w.due_at = ${now}::timestamptz then interval '1 microsecond' else interval '0' end
    from calendars c, bookings b
    where w.org_id = ${ctx.orgId} and c.id = w.calendar_id and c.staff_id = ${staffId} and b.id = w.booking_id and b.ends_at > ${now}::timestamptz
      and (w.due_at is not null or (c.receives and b.status = 'confirmed') <> (w.external_id is not null))`);
}

type Row = { bookingId: string; calendarId: string; staffId: string };

/**
 * Rows for coming bookings, one for each person who takes part and has a calendar that receives; `where` speaks of their own part, `p`. The
 * event's key stands in our table from here on, so that what appears in the calendar is known as ours.
 */
async function addWrites(ctx: Context, tx: Tx, where: SQL): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const { rows } = await tx.execute(sql`
    select distinct b.id as "bookingId", c.id as "calendarId", c.staff_id as "staffId" from bookings p
      join bookings b on b.org_id = p.org_id and b.id = coalesce(p.part_of_id, p.id) and b.status = 'confirmed'
      join calendars c on c.org_id = p.org_id and c.staff_id = p.staff_id and c.receives
    where p.org_id = ${ctx.orgId} and p.ends_at > ${now}::timestamptz and ${where}`);
  if (rows.length === 0) return;
  const writes = (rows as Row[]).map(({ bookingId, calendarId, staffId }) => ({
    ...{ bookingId, calendarId },
    key: eventKeyOf(ctx.orgId, bookingId, staffId),
  }));
  await tx.execute(sql`
    insert into calendar_writes (org_id, booking_id, calendar_id, key, created_at)
    select ${ctx.orgId}, x."bookingId", x."calendarId", x.key, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(writes)}::jsonb) as x("bookingId" text, "calendarId" text, key text) on conflict do nothing`);
}
