import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { readOffers } from "./find-offer";
import type { WaitlistEntry, WaitlistOffer } from "./schemas";

/** Everybody who waits, in the order in which they are asked, each with their newest offer; at most 500. */
export async function listWaitlist(ctx: Context): Promise<WaitlistEntry[]> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      select e.id, e.service_id as "serviceId", s.name as "serviceName", e.staff_id as "staffId", p.name as "staffName",
        e.contact_id as "contactId", e.attendee_name as name, e.attendee_phone as phone, coalesce(e.attendee_email, c.email) as email, e.notes,
        e.priority, e.joined_at as "joinedAt", e.from_on::text as "fromOn", e.to_on::text as "toOn", e.from_minute as "fromMinute",
        e.to_minute as "toMinute"
      from waitlist_entries e join services s on s.org_id = e.org_id and s.id = e.service_id
        left join staff p on p.org_id = e.org_id and p.id = e.staff_id
        left join contacts c on c.org_id = e.org_id and c.id = e.contact_id
      where e.org_id = ${ctx.orgId} and e.status = 'waiting' order by e.priority desc, e.joined_at, e.id limit 500`);
    const offers = await readOffers(
      ctx,
      tx,
      sql`f.id in (select distinct on (o.entry_id) o.id from waitlist_offers o join waitlist_entries w on w.org_id = o.org_id and w.id = o.entry_id
        where o.org_id = ${ctx.orgId} and w.status = 'waiting' order by o.entry_id, o.offered_at desc)`,
    );
    const newest = new Map(offers.map((offer) => [offer.entryId, offer]));
    return (rows as Record<string, unknown>[]).map((row) => ({
      ...(row as WaitlistEntry),
      joinedAt: new Date(row.joinedAt as string),
      offer: newest.get(row.id as string) ?? null,
    }));
  });
}

/** Open offers to whoever has this number (E.164) or is this contact, the one that runs out first coming first. */
export async function findOpenOffers(
  ctx: Context,
  who: { contactId?: string | null; phone?: string | null },
): Promise<WaitlistOffer[]> {
  authorise(ctx, "read");
  if (!who.contactId && !who.phone) return [];
  const offers = await inTenant(ctx, (tx) =>
    readOffers(
      ctx,
      tx,
      sql`f.status = 'open' and (e.contact_id = ${who.contactId ?? ""} or e.attendee_phone = ${who.phone ?? ""})`,
    ),
  );
  return offers
    .filter((offer) => offer.status === "open")
    .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
}
