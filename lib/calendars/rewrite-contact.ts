import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { CalendarVendors } from "./ports";
import { retryWrites } from "./write-booking";

/** After a contact was erased: what was written of their bookings is written again, without name, number and notes. */
export async function rewriteContact(ctx: Context, contactId: string, vendors: CalendarVendors): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update calendar_writes w set due_at = ${now}::timestamptz from bookings b
      where w.org_id = ${ctx.orgId} and b.org_id = w.org_id and b.id = w.booking_id and b.contact_id = ${contactId} returning w.booking_id as id`),
  );
  for (const { id } of rows as { id: string }[]) await retryWrites(ctx, id, vendors);
}
