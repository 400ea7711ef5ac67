import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { sayPlace } from "@/lib/scheduling";

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
};

/** What a letter about a booking has to say when an event of it is told; undefined for one without an address, one that is over, and for holds. */
export async function readInvitation(
  ctx: Context,
  bookingId: string,
  eventId: string,
): Promise<BookingInvitation | undefined> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select json_build_object('name', b.attendee_name, 'email', b.attendee_email) as to, o.name as organization, v.name as service,
        s.name as staff, case when l.id is not null then json_build_object('name', l.name, 'address', l.address) end as place,
        b.time_zone as zone, to_char(b.starts_at at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI') as when,
        (extract(epoch from b.starts_at) * 1000)::float8 as "startMs", (extract(epoch from b.ends_at) * 1000)::float8 as "endMs",
        (extract(epoch from b.updated_at) * 1000)::float8 as "changedMs", b.status = 'cancelled' as "isCancelled", b.tentative,
        (select to_char(previous at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI')
          from (select (payload->>'previousStartsAt')::timestamptz as previous from events where org_id = b.org_id and id = ${eventId}) e
          where previous <> b.starts_at) as before
      from bookings b join services v on v.id = b.service_id join staff s on s.id = b.staff_id join organizations o on o.id = b.org_id
        left join locations l on l.org_id = b.org_id and l.id = b.location_id
      where b.org_id = ${ctx.orgId} and b.id = ${bookingId} and b.part_of_id is null and b.attendee_email is not null
        and b.status in ('confirmed', 'cancelled') and b.ends_at > ${ctx.clock.now().toISOString()}::timestamptz`),
  );
  const row = rows[0] as
    | (Omit<BookingInvitation, "where"> & { place: Parameters<typeof sayPlace>[0] | null })
    | undefined;
  if (!row) return undefined;
  const { place, ...invitation } = row;
  return { ...invitation, where: place && sayPlace(place) };
}
