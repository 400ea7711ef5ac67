import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { freshnessOf } from "./rules/freshness";
import type { CalendarAccountView, CalendarView } from "./schemas";

type Row = Omit<CalendarAccountView, "calendars" | "isRevoked"> & {
  revokedAt: string | null;
  calendars: CalendarRow[];
};
type CalendarRow = Omit<CalendarView, "freshness" | "syncedAt" | "nextSyncAt"> & {
  syncedAt: string | null;
  nextSyncAt: string | null;
  freshUntil: string | null;
  createdAt: string;
  hasUnread: boolean;
};

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Every connected account with its calendars, by person and then in the order they were connected. No secrets. */
export async function listAccounts(ctx: Context): Promise<CalendarAccountView[]> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select a.id, a.staff_id as "staffId", s.name as staff, a.vendor, a.mode, a.label, a.revoked_at as "revokedAt",
        coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name, 'writable', c.writable, 'blocks', c.blocks,
            'receives', c.receives, 'syncedAt', c.synced_at, 'nextSyncAt', c.next_sync_at, 'freshUntil', c.fresh_until,
            'createdAt', c.created_at, 'hasUnread', c.unread <> '{}', 'failure', c.failure, 'hasPush', c.push_channel_id is not null,
            'waitingWrites', (select count(*) from calendar_writes w where w.org_id = c.org_id and w.calendar_id = c.id
              and (w.due_at is not null or w.failure is not null)),
            'writeFailure', (select min(w.failure) from calendar_writes w where w.org_id = c.org_id and w.calendar_id = c.id))
          order by c.id) from calendars c where c.org_id = a.org_id and c.account_id = a.id), '[]') as calendars
      from calendar_accounts a join staff s on s.org_id = a.org_id and s.id = a.staff_id
      where a.org_id = ${ctx.orgId} order by s.position, s.id, a.id`),
  );
  const now = ctx.clock.now();
  return (rows as Row[]).map(({ revokedAt, calendars, ...account }) => ({
    ...account,
    isRevoked: revokedAt !== null,
    calendars: calendars.map(({ freshUntil, createdAt, hasUnread, ...calendar }) => {
      const times = { syncedAt: date(calendar.syncedAt), freshUntil: date(freshUntil), createdAt: new Date(createdAt) };
      return {
        ...calendar,
        syncedAt: times.syncedAt,
        nextSyncAt: date(calendar.nextSyncAt),
        freshness: freshnessOf({ ...times, hasUnread, failure: calendar.failure }, { revokedAt: date(revokedAt) }, now),
      };
    }),
  }));
}
