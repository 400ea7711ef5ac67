import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";

export type AlertToMail = {
  organization: string;
  slug: string;
  calendar: string;
  staff: string;
  /** Local date and time in the organisation's zone, with its name. */
  since: string;
  reason: string;
};

/** What a letter about a calendar has to say; undefined when it has recovered or was written about. */
export async function alertToMail(ctx: Context, calendarId: string): Promise<AlertToMail | undefined> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select o.name as organization, o.slug, c.name as calendar, s.name as staff,
        coalesce(c.failure, 'It could not be read in time.') as reason,
        to_char(case when c.unread <> '{}' then c.alerted_at else coalesce(c.synced_at, c.alerted_at) end at time zone o.time_zone, 'YYYY-MM-DD HH24:MI') || ' (' || o.time_zone || ')' as since
      from calendars c join staff s on s.id = c.staff_id join organizations o on o.id = c.org_id
      where c.org_id = ${ctx.orgId} and c.id = ${calendarId} and c.alerted_at is not null and c.alert_mailed_at is null`),
  );
  return rows[0] as AlertToMail | undefined;
}

export async function markAlertMailed(ctx: Context, calendarId: string): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, (tx) =>
    tx.execute(
      sql`update calendars set alert_mailed_at = ${now}::timestamptz where org_id = ${ctx.orgId} and id = ${calendarId}`,
    ),
  );
}
