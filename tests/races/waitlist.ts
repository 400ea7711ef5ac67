import { sql } from "drizzle-orm";
import { fixedClock } from "@/lib/platform/clock";
import { ok } from "@/lib/platform/result";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { cancelBooking } from "@/lib/scheduling/cancel-booking";
import {
  acceptOffer,
  declineOffer,
  endDueHold,
  joinWaitlist,
  leaveWaitlist,
  offerByHand,
  offerFreedTime,
} from "@/lib/waitlist";
import { createSalon, FRIDAY_TEN, tuesday } from "../salon";
import type { Course } from "./run-race";

/**
 * People wait for two people's Tuesday while it is booked, cancelled, offered, accepted by several at once, declined and left to run out.
 * `doubleWinners`: times that more than one offer won, offers with more than one booking, entries booked twice; `lost`: accepted offers
 * whose booking is not there.
 */
export const waitlist: Course = async ({ database, random, pick, count, number }) => {
  const { ctx, haircut, anna, ben, orgId } = await createSalon(database);
  const late = { ...ctx, clock: fixedClock(new Date(Date.parse(FRIDAY_TEN) + 150 * 60_000)) };
  const live: { bookingId: string; staffId: string; startMs: number }[] = [];
  const entries: string[] = [];
  const offers: { id: string; holdId: string }[] = [];
  const keep = (made: readonly { id: string; holdId: string }[]) => {
    count(ok(made), "offered", ({ length }) => length);
    offers.push(...made);
  };
  return {
    async attempt(n) {
      const kind = random();
      if (kind < 0.25) {
        const joined = count(await joinWaitlist(ctx, { serviceId: haircut.id, name: `Waiting ${n}` }), "joined");
        if (joined) entries.push(joined.entryId);
        return;
      }
      if (kind < 0.45) {
        const staffId = (pick([anna, ben]) ?? anna).id;
        const startsAt = tuesday(`${pick(["09", "10", "11"])}:${pick(["00", "30"])}`);
        const asked = { serviceId: haircut.id, staffId, startsAt, name: `Caller ${n}` };
        const booked = count(await bookAppointment(ctx, asked), "booked");
        if (booked) live.push({ bookingId: booked.id, staffId, startMs: Date.parse(startsAt) });
        return;
      }
      if (kind < 0.62) {
        const [at] = live.splice(Math.floor(random() * live.length), 1);
        if (!at || !count(await cancelBooking(ctx, { bookingId: at.bookingId }), "cancelled")) return;
        const freed = { staffId: at.staffId, startMs: at.startMs, endMs: at.startMs + 1_800_000 };
        // The event comes at least once.
        for (const made of await Promise.all([offerFreedTime(ctx, freed), offerFreedTime(ctx, freed)])) keep(made);
        return;
      }
      const entryId = pick(entries);
      if (kind < 0.68) {
        const made = entryId && count(await offerByHand(ctx, { entryId }), "byHand");
        if (made) keep([made]);
        return;
      }
      const offer = pick(offers);
      if (!offer) return;
      if (kind < 0.88)
        for (const answer of await Promise.all([1, 2].map(() => acceptOffer(ctx, { offerId: offer.id }))))
          count(answer, "accepted");
      else if (kind < 0.93) await declineOffer(ctx, { offerId: offer.id });
      else if (kind >= 0.96) await endDueHold(late, offer.holdId);
      else if (entryId) await leaveWaitlist(ctx, { entryId });
    },
    async faults() {
      const doubleWinners = await number(sql`
    select (select count(*) from (select booking_id from waitlist_offers where org_id = ${orgId} and status = 'accepted'
        group by booking_id having count(*) > 1) twice)::int
      + (select count(*) from (select o.staff_id, o.starts_at from waitlist_offers o join bookings b on b.id = o.booking_id and b.status = 'confirmed'
        where o.org_id = ${orgId} and o.status = 'accepted' group by 1, 2 having count(*) > 1) taken)::int
      + (select count(*) from (select entry_id from waitlist_offers where org_id = ${orgId} and status = 'accepted'
        group by entry_id having count(*) > 1) entries)::int as n`);
      const lost = await number(sql`
    select count(*)::int as n from waitlist_offers o where o.org_id = ${orgId} and o.status = 'accepted'
      and not exists (select from bookings b where b.org_id = o.org_id and b.id = o.booking_id and b.status = 'confirmed')`);
      return { doubleWinners, lost };
    },
  };
};
