import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { CalendarAlert } from "./schemas";

/** A booking that could not be written for so long is told about; before, it is being retried. */
const UNWRITTEN_MS = 10 * 60_000;

type Unreliable = {
  id: string;
  calendar: string;
  staff: string;
  since: string;
  reason: string | null;
  isRevoked: boolean;
  isPartial: boolean;
};
type Unwritten = {
  id: string;
  calendar: string;
  staff: string;
  since: string;
  bookings: number;
  reason: string | null;
};
type Double = { id: string; calendar: string; staff: string; startsAt: string };

/** What waits for a person because of calendars, read from their state: it goes when its cause goes. */
export async function listCalendarAlerts(ctx: Context): Promise<CalendarAlert[]> {
  authorise(ctx, "read");
  const now = ctx.clock.now();
  return inTenant(ctx, async (tx) => {
    const unreliable = await tx.execute(sql`
      select c.id, c.name as calendar, s.name as staff, c.alerted_at as since, c.failure as reason,
        a.revoked_at is not null as "isRevoked", c.unread <> '{}' as "isPartial"
      from calendars c join calendar_accounts a on a.id = c.account_id join staff s on s.id = c.staff_id and s.active
      where c.org_id = ${ctx.orgId} and c.alerted_at is not null order by c.alerted_at limit 20`);
    const unwritten = await tx.execute(sql`
      select c.id, c.name as calendar, s.name as staff, min(w.created_at) as since, count(*)::int as bookings, min(w.failure) as reason
      from calendar_writes w join calendars c on c.id = w.calendar_id join staff s on s.id = c.staff_id
      where w.org_id = ${ctx.orgId} and w.failure is not null and c.alerted_at is null
        and w.created_at < ${new Date(now.getTime() - UNWRITTEN_MS).toISOString()}::timestamptz
      group by c.id, s.name order by 4 limit 20`);
    const double = await tx.execute(sql`
      select distinct on (b.starts_at, b.id) b.id, c.name as calendar, s.name as staff, b.starts_at as "startsAt"
      from bookings b join calendar_busy x on x.org_id = b.org_id and x.staff_id = b.staff_id
        and x.start_ms > b.block_start_ms - 86400000 and x.start_ms < b.block_end_ms and x.end_ms > b.block_start_ms
      join calendars c on c.id = x.calendar_id join staff s on s.id = b.staff_id
      where b.org_id = ${ctx.orgId} and b.status = 'confirmed' and b.starts_at > ${now.toISOString()}::timestamptz
      order by b.starts_at, b.id limit 20`);
    return [
      ...(unreliable.rows as Unreliable[]).map((row) => ({
        ...row,
        kind: "unreliable" as const,
        since: new Date(row.since),
        reason: row.reason ?? "It could not be read in time.",
      })),
      ...(unwritten.rows as Unwritten[]).map((row) => ({
        ...row,
        kind: "not_written" as const,
        since: new Date(row.since),
        reason: row.reason ?? "",
      })),
      ...(double.rows as Double[]).map((row) => ({
        ...row,
        kind: "double_booked" as const,
        startsAt: new Date(row.startsAt),
      })),
    ];
  });
}
