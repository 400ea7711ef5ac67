import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { fixedClock } from "@/lib/platform/clock";
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
import { countOverlaps, seeded } from "./race-bookings";
import { createSalon, FRIDAY_TEN, tuesday } from "./salon";

export type WaitlistRaceReport = {
  attempts: number;
  joined: number;
  offered: number;
  accepted: number;
  booked: number;
  cancelled: number;
  refused: Record<string, number>;
  errors: string[];
  overlaps: number;
  /** Times that more than one offer won, offers with more than one booking, entries booked twice; must be 0. */
  doubleWinners: number;
  /** Accepted offers whose booking is not there; must be 0. */
  lost: number;
};

/** People wait for two people's Tuesday while it is booked, cancelled, offered, accepted by several at once, declined and left to run out. */
export async function raceWaitlist(
  database: Database,
  options: { attempts: number; concurrency: number; seed?: number },
): Promise<WaitlistRaceReport> {
  const { ctx, haircut, anna, ben, orgId } = await createSalon(database);
  const random = seeded(options.seed ?? 1);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const late = { ...ctx, clock: fixedClock(new Date(Date.parse(FRIDAY_TEN) + 150 * 60_000)) };
  const report: WaitlistRaceReport = {
    ...{ attempts: 0, joined: 0, offered: 0, accepted: 0, booked: 0, cancelled: 0, refused: {}, errors: [] },
    ...{ overlaps: 0, doubleWinners: 0, lost: 0 },
  };
  const live: { bookingId: string; staffId: string; startMs: number }[] = [];
  const entries: string[] = [];
  const offers: { id: string; holdId: string }[] = [];
  const refuse = (reason: string) => {
    report.refused[reason] = (report.refused[reason] ?? 0) + 1;
  };
  const keep = (made: readonly { id: string; holdId: string }[]) => {
    report.offered += made.length;
    offers.push(...made);
  };
  const attempt = async () => {
    const kind = random();
    const n = report.attempts;
    if (kind < 0.25) {
      const joined = await joinWaitlist(ctx, { serviceId: haircut.id, name: `Waiting ${n}` });
      if (!joined.ok) return refuse(joined.reason);
      report.joined++;
      entries.push(joined.value.entryId);
    } else if (kind < 0.45) {
      const staffId = (pick([anna, ben]) ?? anna).id;
      const startsAt = tuesday(`${pick(["09", "10", "11"])}:${pick(["00", "30"])}`);
      const booked = await bookAppointment(ctx, { serviceId: haircut.id, staffId, startsAt, name: `Caller ${n}` });
      if (!booked.ok) return refuse(booked.reason);
      report.booked++;
      live.push({ bookingId: booked.value.id, staffId, startMs: Date.parse(startsAt) });
    } else if (kind < 0.62) {
      const at = live.splice(Math.floor(random() * live.length), 1)[0];
      if (!at) return refuse("nothing_booked");
      const cancelled = await cancelBooking(ctx, { bookingId: at.bookingId });
      if (!cancelled.ok) return refuse(cancelled.reason);
      report.cancelled++;
      const freed = { staffId: at.staffId, startMs: at.startMs, endMs: at.startMs + 1_800_000 };
      // The event comes at least once.
      for (const made of await Promise.all([offerFreedTime(ctx, freed), offerFreedTime(ctx, freed)])) keep(made);
    } else if (kind < 0.68) {
      const made = await offerByHand(ctx, { entryId: pick(entries) ?? "" });
      if (!made.ok) return refuse(made.reason);
      keep([made.value]);
    } else if (kind < 0.88) {
      const offerId = pick(offers)?.id;
      if (!offerId) return refuse("nothing_offered");
      const answers = await Promise.all([acceptOffer(ctx, { offerId }), acceptOffer(ctx, { offerId })]);
      for (const answer of answers) {
        if (answer.ok) report.accepted++;
        else refuse(answer.reason);
      }
    } else {
      const offer = pick(offers);
      if (!offer) return refuse("nothing_offered");
      if (kind < 0.93) await declineOffer(ctx, { offerId: offer.id });
      else if (kind < 0.96) await leaveWaitlist(ctx, { entryId: pick(entries) ?? "" });
      else await endDueHold(late, offer.holdId);
    }
  };
  const worker = async () => {
    while (report.attempts < options.attempts) {
      report.attempts++;
      await attempt().catch((error: Error) =>
        report.errors.push(error.cause instanceof Error ? error.cause.message : error.message),
      );
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  const count = async (query: ReturnType<typeof sql>) =>
    ((await database.db.execute(query)).rows[0] as { n: number }).n;
  report.overlaps = await countOverlaps(database);
  report.doubleWinners = await count(sql`
    select (select count(*) from (select booking_id from waitlist_offers where org_id = ${orgId} and status = 'accepted'
        group by booking_id having count(*) > 1) twice)::int
      + (select count(*) from (select o.staff_id, o.starts_at from waitlist_offers o join bookings b on b.id = o.booking_id and b.status = 'confirmed'
        where o.org_id = ${orgId} and o.status = 'accepted' group by 1, 2 having count(*) > 1) taken)::int
      + (select count(*) from (select entry_id from waitlist_offers where org_id = ${orgId} and status = 'accepted'
        group by entry_id having count(*) > 1) entries)::int as n`);
  report.lost = await count(sql`
    select count(*)::int as n from waitlist_offers o where o.org_id = ${orgId} and o.status = 'accepted'
      and not exists (select from bookings b where b.org_id = o.org_id and b.id = o.booking_id and b.status = 'confirmed')`);
  return report;
}
