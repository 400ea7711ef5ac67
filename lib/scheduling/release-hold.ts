import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

/** Lets holds go, one by its id or all of a call (at its end); tells how many there were. None is no error: they expire anyway. */
export async function releaseHold(ctx: Context, input: { holdId: string } | { callId: string }): Promise<number> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx) => {
    const which = "holdId" in input ? sql`id = ${input.holdId}` : sql`call_id = ${input.callId}`;
    const { rows } = await tx.execute(
      sql`delete from bookings where org_id = ${ctx.orgId} and status = 'held' and part_of_id is null and ${which} returning id, staff_id, starts_at, ends_at`,
    );
    for (const row of rows as { id: string; staff_id: string; starts_at: string; ends_at: string }[])
      await recordChange(ctx, tx, {
        action: "booking.hold_released",
        subject: { kind: "booking", id: row.id },
        payload: {
          bookingId: row.id,
          staffId: row.staff_id,
          startsAt: new Date(row.starts_at).toISOString(),
          endsAt: new Date(row.ends_at).toISOString(),
        },
      });
    return rows.length;
  });
}
