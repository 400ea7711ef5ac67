import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

/**
 * Confirms what was booked to be confirmed, once every calendar of the person is current again and none of them takes the time. What one
 * does take stays tentative and is shown as a double booking (list-alerts). Where it was written, it is written again.
 */
export async function settleTentative(ctx: Context, tx: Tx, staffId: string): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await tx.execute(sql`
    with settled as (update bookings b set tentative = false, updated_at = ${now}::timestamptz where b.org_id = ${ctx.orgId} and b.staff_id = ${staffId} and b.tentative
      and b.status in ('held', 'confirmed')
      and not exists (select from calendars c where c.org_id = b.org_id and c.staff_id = b.staff_id and c.blocks
        and (c.fresh_until is null or c.fresh_until < ${now}::timestamptz))
      and not exists (select from calendar_busy x where x.org_id = b.org_id and x.staff_id = b.staff_id
        and x.start_ms > b.block_start_ms - 86400000 and x.start_ms < b.block_end_ms and x.end_ms > b.block_start_ms)
      returning coalesce(b.part_of_id, b.id) as id)
    update calendar_writes set due_at = ${now}::timestamptz where org_id = ${ctx.orgId} and booking_id in (select id from settled)`);
}
