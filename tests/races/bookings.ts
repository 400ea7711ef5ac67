import { sql } from "drizzle-orm";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { cancelBooking } from "@/lib/scheduling/cancel-booking";
import { findSlots } from "@/lib/scheduling/find-slots";
import { holdSlot } from "@/lib/scheduling/hold-slot";
import { rescheduleBooking } from "@/lib/scheduling/reschedule-booking";
import { createSalon, FRIDAY_TEN } from "../salon";
import type { Course, Stage } from "./run-race";

/**
 * Two people and three days: two thirds book, the rest hold (some holds expired from the start), move and cancel. `unaccounted`: confirmed
 * rows that no verb answered for, or answered bookings that are not there.
 */
export const bookings: Course = async (stage) => {
  const { ctx, haircut, colour, anna, ben } = await createSalon(stage.database);
  const days = { fromDate: "2026-11-23", toDate: "2026-11-25" };
  const slots: string[] = [];
  for (const service of [haircut, colour])
    for (const { id: staffId } of [anna, ben])
      slots.push(...(await findSlots(ctx, { serviceId: service.id, staffId, ...days })).slots.map(({ slot }) => slot));
  const shares = { cancel: 0.92, move: 0.8, hold: 0.66, lateUntil: 0.73 };
  return {
    attempt: changing(stage, ctx, slots, shares),
    faults: async () => ({ unaccounted: await unaccounted(stage, ctx) }),
  };
};

/** Where in [0, 1) each kind of attempt begins; what is below `hold` books, and holds below `lateUntil` have expired from the start. */
type Shares = { cancel: number; move: number; hold: number; lateUntil: number };

/** Books, holds, moves and cancels at random among the slots. */
export function changing({ random, pick, count }: Stage, ctx: Context, slots: readonly string[], shares: Shares) {
  const late: Context = { ...ctx, clock: fixedClock(new Date(Date.parse(FRIDAY_TEN) - 10 * 60_000)) };
  const live: string[] = [];
  return async (n: number) => {
    const slot = pick(slots) ?? "";
    const kind = random();
    const bookingId = kind > shares.move ? pick(live) : undefined;
    if (bookingId && kind > shares.cancel) {
      const at = live.indexOf(bookingId);
      if (at >= 0) live.splice(at, 1);
      return count(await cancelBooking(ctx, { bookingId }), "cancelled");
    }
    if (bookingId) return count(await rescheduleBooking(ctx, { bookingId, slot }), "moved");
    if (kind > shares.hold)
      return count(await holdSlot(kind > shares.lateUntil ? ctx : late, { slot, minutes: 5 }), "held");
    const made = count(await bookAppointment(ctx, { slot, name: `Caller ${n}` }), "booked");
    if (made) live.push(made.id);
  };
}

export async function unaccounted({ number, done }: Stage, { orgId }: Context): Promise<number> {
  const confirmed = await number(
    sql`select count(*)::int as n from bookings where org_id = ${orgId} and status = 'confirmed' and part_of_id is null`,
  );
  return Math.abs(confirmed - (done("booked") - done("cancelled")));
}
