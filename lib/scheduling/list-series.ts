import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { Series } from "./schemas";

/** Series with bookings to come first, by the next of them; then those that are over, the newest first. At most 200. */
export async function listSeries(ctx: Context): Promise<Series[]> {
  authorise(ctx, "read");
  return read(ctx, sql`true`);
}

/** One series; throws `not_found`. Its bookings are read by `listSeriesBookings`. */
export async function getSeries(ctx: Context, seriesId: string): Promise<Series> {
  authorise(ctx, "read");
  const [series] = await read(ctx, sql`s.id = ${seriesId}`);
  if (!series) throw notFound("This series");
  return series;
}

const part = (name: "f" | "g") =>
  sql.raw(`json_build_object('id', ${name}.id, 'startsOn', ${name}.starts_on, 'startMinute', ${name}.start_minute)`);

async function read(ctx: Context, where: ReturnType<typeof sql>): Promise<Series[]> {
  const now = ctx.clock.now().toISOString();
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select s.id, v.name as "serviceName", p.name as "staffName", s.contact_id as "contactId", s.attendee_name as "attendeeName", s.rule,
        s.time_zone as "timeZone", array_to_string(s.except_on, ',') as "exceptOn", s.starts_on::text as "startsOn", s.start_minute as "startMinute", s.created_at as "createdAt",
        (select ${part("f")} from booking_series f where f.org_id = s.org_id and f.id = s.split_from_id) as "splitFrom",
        (select coalesce(json_agg(${part("g")} order by g.starts_on), '[]') from booking_series g
          where g.org_id = s.org_id and g.split_from_id = s.id) as "goesOnAs", b.total, b.to_come as "toCome",
        b.next_at as "nextStartsAt"
      from booking_series s join services v on v.org_id = s.org_id and v.id = s.service_id
        join staff p on p.org_id = s.org_id and p.id = s.staff_id
        cross join lateral (select count(*)::int as total,
          count(*) filter (where status = 'confirmed' and starts_at > ${now}::timestamptz)::int as to_come,
          min(starts_at) filter (where status = 'confirmed' and starts_at > ${now}::timestamptz) as next_at
          from bookings where org_id = s.org_id and series_id = s.id) b
      where s.org_id = ${ctx.orgId} and ${where}
      order by b.next_at nulls last, s.created_at desc, s.id limit 200`),
  );
  return (rows as Record<string, unknown>[]).map((row) => ({
    ...(row as Series),
    exceptOn: String(row.exceptOn ?? "")
      .split(",")
      .filter(Boolean),
    createdAt: new Date(row.createdAt as string),
    nextStartsAt: row.nextStartsAt ? new Date(row.nextStartsAt as string) : null,
  }));
}
