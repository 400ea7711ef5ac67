import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { cancelBooking } from "@/lib/scheduling/cancel-booking";
import { findSlots } from "@/lib/scheduling/find-slots";
import { holdSlot } from "@/lib/scheduling/hold-slot";
import { rescheduleBooking } from "@/lib/scheduling/reschedule-booking";
import { createSalon, FRIDAY_TEN } from "./salon";

export type RaceReport = {
  attempts: number;
  booked: number;
  held: number;
  moved: number;
  cancelled: number;
  refused: Record<string, number>;
  errors: string[];
  /** Pairs of live rows of one person whose occupied times overlap; must be 0. */
  overlaps: number;
  /** Confirmed rows that no verb answered for, or answered bookings that are not there; must be 0. */
  unaccounted: number;
};

/**
 * Many callers at once over two people and three days: two thirds book, the rest hold (some holds expired from the start), move and cancel.
 * Needs real PostgreSQL with `concurrency` connections.
 */
export async function raceBookings(
  database: Database,
  options: { attempts: number; concurrency: number; seed?: number },
): Promise<RaceReport> {
  const salon = await createSalon(database);
  const { ctx } = salon;
  const late: Context = { ...ctx, clock: fixedClock(new Date(Date.parse(FRIDAY_TEN) - 10 * 60_000)) };
  const days = { fromDate: "2026-11-23", toDate: "2026-11-25" };
  const slots = (
    await Promise.all(
      [salon.haircut, salon.colour].flatMap((service) =>
        [salon.anna, salon.ben].map((person) => findSlots(ctx, { serviceId: service.id, staffId: person.id, ...days })),
      ),
    )
  ).flatMap((found) => found.slots.map((slot) => slot.slot));
  const random = seeded(options.seed ?? 1);
  const live: string[] = [];
  const report: RaceReport = {
    attempts: 0,
    booked: 0,
    held: 0,
    moved: 0,
    cancelled: 0,
    refused: {},
    errors: [],
    overlaps: 0,
    unaccounted: 0,
  };
  const count = (
    result: { ok: true } | { ok: false; reason: string },
    kind: "booked" | "held" | "moved" | "cancelled",
  ) => {
    if (result.ok) report[kind]++;
    else report.refused[result.reason] = (report.refused[result.reason] ?? 0) + 1;
  };
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

  const attempt = async () => {
    const slot = pick(slots) ?? "";
    const kind = random();
    const bookingId = kind > 0.8 ? pick(live) : undefined;
    if (bookingId && kind > 0.92) {
      const at = live.indexOf(bookingId);
      if (at >= 0) live.splice(at, 1);
      return count(await cancelBooking(ctx, { bookingId }), "cancelled");
    }
    if (bookingId) return count(await rescheduleBooking(ctx, { bookingId, slot }), "moved");
    if (kind > 0.66) return count(await holdSlot(kind > 0.73 ? ctx : late, { slot, minutes: 5 }), "held");
    const result = await bookAppointment(ctx, { slot, name: `Caller ${report.attempts}` });
    if (result.ok) live.push(result.value.id);
    count(result, "booked");
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
  report.overlaps = await countOverlaps(database);
  const { rows } = await database.db.execute(
    sql`select count(*)::int as n from bookings where org_id = ${salon.orgId} and status = 'confirmed'`,
  );
  report.unaccounted = Math.abs((rows[0] as { n: number }).n - (report.booked - report.cancelled));
  return report;
}

/** A self-join over every live row but seats of one start and rows of one booking, past the tenant boundary; says nothing of the constraint that should make it 0. */
export async function countOverlaps(database: Database): Promise<number> {
  const { rows } = await database.db.execute(sql`
    select count(*)::int as n from bookings a join bookings b on a.staff_id = b.staff_id and a.id < b.id
      and a.block_start_ms < b.block_end_ms and b.block_start_ms < a.block_end_ms
    where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')
      and not (a.seat_no is not null and b.seat_no is not null and a.service_id = b.service_id and a.starts_at = b.starts_at)
      and coalesce(a.part_of_id, a.id) <> coalesce(b.part_of_id, b.id)`);
  return (rows[0] as { n: number }).n;
}

/** Mulberry32: the same attempts in every run with one seed, as far as the order of answers allows. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
