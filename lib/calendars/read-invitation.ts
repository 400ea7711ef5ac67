import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { sayPlace } from "@/lib/scheduling";

/** One date of a series that was booked whole, as the letter about all of them names it. */
export type InvitedDate = { bookingId: string; startMs: number; endMs: number; when: string };

export type BookingInvitation = {
  to: { name: string; email: string };
  organization: string;
  service: string;
  staff: string;
  /** "Finch Lane, 7 Finch Lane, London"; null of a business without places. */
  where: string | null;
  /** "Tue 24 Nov 2026, 14:00", in the zone in which the time was said, which `zone` names. */
  when: string;
  zone: string;
  startMs: number;
  endMs: number;
  changedMs: number;
  isCancelled: boolean;
  /** When it was before, said in the same way, where the event that is told of moved it. */
  before: string | null;
  tentative: boolean;
  /** Booked as the first of a series: its dates, this one included. */
  series: InvitedDate[] | null;
};

/**
 * What a letter about a booking has to say when an event of it is told; undefined for one without an address, one that is over, for holds, and
 * for the later dates of a series that was booked whole: the letter about the first names them.
 */
export async function readInvitation(
  ctx: Context,
  bookingId: string,
  eventId: string,
): Promise<BookingInvitation | undefined> {
  authorise(ctx, "read");
  const isNew = sql`exists (select from events where org_id = b.org_id and id = ${eventId} and kind = 'booking.created')`;
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select json_build_object('name', b.attendee_name, 'email', b.attendee_email) as to, o.name as organization, v.name as service,
        s.name as staff, case when l.id is not null then json_build_object('name', l.name, 'address', l.address) end as place,
        b.time_zone as zone, to_char(b.starts_at at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI') as when,
        (extract(epoch from b.starts_at) * 1000)::float8 as "startMs", (extract(epoch from b.ends_at) * 1000)::float8 as "endMs",
        (extract(epoch from b.updated_at) * 1000)::float8 as "changedMs", b.status = 'cancelled' as "isCancelled", b.tentative,
        (select to_char(previous at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI')
          from (select (payload->>'previousStartsAt')::timestamptz as previous from events where org_id = b.org_id and id = ${eventId}) e
          where previous <> b.starts_at) as before,
        (select json_agg(json_build_object('bookingId', d.id, 'startMs', (extract(epoch from d.starts_at) * 1000)::float8,
            'endMs', (extract(epoch from d.ends_at) * 1000)::float8,
            'when', to_char(d.starts_at at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI')) order by d.series_on)
          from bookings d where d.org_id = b.org_id and d.series_id = b.series_id and d.part_of_id is null and ${isNew}) as series
      from bookings b join services v on v.id = b.service_id join staff s on s.id = b.staff_id join organizations o on o.id = b.org_id
        left join locations l on l.org_id = b.org_id and l.id = b.location_id
      where b.org_id = ${ctx.orgId} and b.id = ${bookingId} and b.part_of_id is null and b.attendee_email is not null
        and (b.series_id is null or not ${isNew}
          or b.series_on = (select min(series_on) from bookings where org_id = b.org_id and series_id = b.series_id))
        and b.status in ('confirmed', 'cancelled') and b.ends_at > ${ctx.clock.now().toISOString()}::timestamptz`),
  );
  const row = rows[0] as
    | (Omit<BookingInvitation, "where"> & { place: Parameters<typeof sayPlace>[0] | null })
    | undefined;
  if (!row) return undefined;
  const { place, ...invitation } = row;
  return { ...invitation, where: place && sayPlace(place) };
}
