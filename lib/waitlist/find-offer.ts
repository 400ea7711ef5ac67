import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import type { WaitlistOffer } from "./schemas";

/** What the database keeps of an offer, with what it needs to be booked. */
export type OfferRow = WaitlistOffer & {
  bookingId: string | null;
  serviceId: string;
  contactId: string | null;
  name: string;
  phone: string | null;
  email: string | null;
  notes: string;
  /** Still on the list. */
  isWaiting: boolean;
  /** Of the booking, or of the hold while there is one. */
  endsAt: Date | null;
  /** Where: of the booking, else where the person works. */
  locationId: string | null;
};

/** Offers with their entries; `isLocked` keeps anybody else from deciding about them until the transaction ends. */
export async function readOffers(
  ctx: Context,
  tx: Tx,
  where: SQL,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<OfferRow[]> {
  const now = ctx.clock.now().toISOString();
  const { rows } = await tx.execute(sql`
    select f.id, f.entry_id as "entryId", f.hold_id as "holdId", f.slot, f.staff_id as "staffId", p.name as "staffName",
      f.starts_at as "startsAt", case when f.status = 'open' and f.expires_at <= ${now}::timestamptz then 'expired' else f.status end as status,
      f.rank, f.ranked, f.offered_at as "offeredAt", f.expires_at as "expiresAt", f.told_at as "toldAt", f.booking_id as "bookingId",
      e.service_id as "serviceId", e.contact_id as "contactId", e.attendee_name as name, e.attendee_phone as phone,
      coalesce(e.attendee_email, c.email) as email, e.notes,
      e.status = 'waiting' as "isWaiting",
      b.ends_at as "endsAt", coalesce(b.location_id, p.location_id) as "locationId"
    from waitlist_offers f join waitlist_entries e on e.org_id = f.org_id and e.id = f.entry_id
      join staff p on p.org_id = f.org_id and p.id = f.staff_id
      left join bookings b on b.org_id = f.org_id and b.id = coalesce(f.booking_id, f.hold_id)
      left join contacts c on c.org_id = e.org_id and c.id = e.contact_id
    where f.org_id = ${ctx.orgId} and ${where} order by f.offered_at desc, f.id desc ${isLocked ? sql`for update of f, e` : sql``}`);
  return (rows as Record<string, unknown>[]).map((row) => ({
    ...(row as OfferRow),
    startsAt: new Date(row.startsAt as string),
    offeredAt: new Date(row.offeredAt as string),
    expiresAt: new Date(row.expiresAt as string),
    toldAt: row.toldAt ? new Date(row.toldAt as string) : null,
    endsAt: row.endsAt ? new Date(row.endsAt as string) : null,
  }));
}
