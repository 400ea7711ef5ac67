import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { CalendarFeedView } from "./schemas";

const DAY_MS = 86_400_000;
const PAST_DAYS = 30;
/** More than anybody subscribes to; the nearest ones come. */
const MOST = 2_000;

export type FeedEvent = {
  uid: string;
  startMs: number;
  endMs: number;
  changedMs: number;
  title: string;
  description: string;
};
export type FeedContent = { name: string; events: FeedEvent[] };

/** What a subscriber gets: bookings from a month ago on, as "Busy" unless the address was made to show more. undefined = no such feed. */
export async function readCalendarFeed(ctx: Context, feedId: string): Promise<FeedContent | undefined> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select f.staff_id as "staffId", f.shows_details as "showsDetails", o.name as organization, s.name as staff
      from calendar_feeds f join organizations o on o.id = f.org_id left join staff s on s.org_id = f.org_id and s.id = f.staff_id
      where f.org_id = ${ctx.orgId} and f.id = ${feedId}`);
    const feed = rows[0] as
      | { staffId: string | null; showsDetails: boolean; organization: string; staff: string | null }
      | undefined;
    if (!feed) return undefined;
    const from = new Date(ctx.clock.now().getTime() - PAST_DAYS * DAY_MS).toISOString();
    const { rows: bookings } = await tx.execute(sql`
      select b.id || '@caly' as uid, (extract(epoch from b.starts_at) * 1000)::float8 as "startMs",
        (extract(epoch from b.ends_at) * 1000)::float8 as "endMs", (extract(epoch from b.updated_at) * 1000)::float8 as "changedMs",
        ${
          feed.showsDetails
            ? sql`v.name || case when b.attendee_name = '' then '' else ': ' || b.attendee_name end
              || case when ${feed.staffId === null} then ' (' || s.name || ')' else '' end`
            : sql`'Busy'`
        } as title,
        ${feed.showsDetails ? sql`b.notes` : sql`''`} as description
      from bookings b join services v on v.id = b.service_id join staff s on s.id = b.staff_id
      where b.org_id = ${ctx.orgId} and b.status in ('confirmed', 'completed') and b.ends_at > ${from}::timestamptz
        and ${feed.staffId === null ? sql`b.part_of_id is null` : sql`b.staff_id = ${feed.staffId}`}
        and not exists (select from bookings m where m.org_id = b.org_id and m.id = b.part_of_id and m.staff_id = b.staff_id)
      order by b.starts_at, b.id limit ${MOST}`);
    return {
      name: feed.staff ? `${feed.staff} · ${feed.organization}` : feed.organization,
      events: bookings as FeedEvent[],
    };
  });
}

/** Which addresses exist; the addresses themselves are known to nobody any more. */
export async function listCalendarFeeds(ctx: Context): Promise<CalendarFeedView[]> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select staff_id as "staffId", shows_details as "showsDetails", updated_at as "madeAt" from calendar_feeds
      where org_id = ${ctx.orgId} order by id`),
  );
  return (rows as (Omit<CalendarFeedView, "madeAt"> & { madeAt: string })[]).map((row) => ({
    ...row,
    madeAt: new Date(row.madeAt),
  }));
}
