import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { cancelBooking } from "@/lib/scheduling/cancel-booking";
import { createResource } from "@/lib/scheduling/create-resource";
import { createService } from "@/lib/scheduling/create-service";
import { createStaff } from "@/lib/scheduling/create-staff";
import { findSlots } from "@/lib/scheduling/find-slots";
import { holdSlot } from "@/lib/scheduling/hold-slot";
import { rescheduleBooking } from "@/lib/scheduling/reschedule-booking";
import { updateService } from "@/lib/scheduling/update-service";
import { countOverlaps, seeded } from "./race-bookings";
import { createSalon, FRIDAY_TEN } from "./salon";

/** Everything from `overlaps` on must be 0 and `errors` empty. */
export type CapacityReport = {
  attempts: number;
  booked: number;
  held: number;
  moved: number;
  cancelled: number;
  refused: Record<string, number>;
  errors: string[];
  overlaps: number;
  /** Two live rows in one room at once that are neither seats of one start nor rows of one booking. */
  roomsTwice: number;
  overFull: number;
  /** Bookings of several people or of a room without all of them, and rows that live longer than their booking. */
  incomplete: number;
  overLimit: number;
  /** Confirmed bookings that no verb answered for, or answered ones that are not there. */
  unaccounted: number;
};

/**
 * Many callers at once over three people, two rooms and two days: seats of a class, a service that two do together, one in a room, one
 * limited to six a day; booked, held (some holds expired from the start), moved and cancelled, by person and by turn.
 */
export async function raceCapacity(
  database: Database,
  options: { attempts: number; concurrency: number; seed?: number },
): Promise<CapacityReport> {
  const salon = await createSalon(database);
  const { ctx } = salon;
  const late: Context = { ...ctx, clock: fixedClock(new Date(Date.parse(FRIDAY_TEN) - 10 * 60_000)) };
  await createStaff(ctx, { name: "Cleo" });
  const rooms = [await createResource(ctx, { name: "Red" }), await createResource(ctx, { name: "Blue" })];
  const pools = [rooms.map((room) => room.id)];
  const shape = { durationMinutes: 60, slotGridMinutes: 60 };
  await updateService(ctx, { serviceId: salon.colour.id, pools });
  const services = [
    salon.colour,
    await createService(ctx, { name: "Class", ...shape, seats: 4, pools }),
    await createService(ctx, { name: "Duo", ...shape, staffNeeded: 2, pools }),
    await createService(ctx, { name: "Cut", ...shape, maxPerDay: 6 }),
  ];
  const days = { fromDate: "2026-11-23", toDate: "2026-11-24" };
  const slots: string[] = [];
  for (const service of services)
    for (const staffId of [undefined, salon.anna.id, salon.ben.id])
      slots.push(...(await findSlots(ctx, { serviceId: service.id, staffId, ...days })).slots.map((each) => each.slot));
  const random = seeded(options.seed ?? 1);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const live: string[] = [];
  const report: CapacityReport = {
    ...{ attempts: 0, booked: 0, held: 0, moved: 0, cancelled: 0, refused: {}, errors: [] },
    ...{ overlaps: 0, roomsTwice: 0, overFull: 0, incomplete: 0, overLimit: 0, unaccounted: 0 },
  };
  const count = (
    result: { ok: true } | { ok: false; reason: string },
    kind: "booked" | "held" | "moved" | "cancelled",
  ) => {
    if (result.ok) report[kind]++;
    else report.refused[result.reason] = (report.refused[result.reason] ?? 0) + 1;
  };
  const attempt = async () => {
    const slot = pick(slots) ?? "";
    const kind = random();
    const bookingId = kind > 0.75 ? pick(live) : undefined;
    if (bookingId && kind > 0.88) {
      const n = live.indexOf(bookingId);
      if (n >= 0) live.splice(n, 1);
      return count(await cancelBooking(ctx, { bookingId }), "cancelled");
    }
    if (bookingId) return count(await rescheduleBooking(ctx, { bookingId, slot }), "moved");
    if (kind > 0.62) return count(await holdSlot(kind > 0.65 ? late : ctx, { slot, minutes: 5 }), "held");
    const made = await bookAppointment(ctx, { slot, name: `Caller ${report.attempts}` });
    if (made.ok) live.push(made.value.id);
    count(made, "booked");
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
  const number = async (query: ReturnType<typeof sql>) =>
    ((await database.db.execute(query)).rows[0] as { n: number }).n;
  const own = sql`org_id = ${salon.orgId}`;
  report.overlaps = await countOverlaps(database);
  report.roomsTwice = await number(sql`
    select count(*)::int as n from bookings a join bookings b on a.resource_id = b.resource_id and a.id < b.id
      and a.block_start_ms < b.block_end_ms and b.block_start_ms < a.block_end_ms
    where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')
      and not (a.seat_no is not null and b.seat_no is not null and a.service_id = b.service_id and a.starts_at = b.starts_at
        and a.staff_id = b.staff_id)
      and coalesce(a.part_of_id, a.id) <> coalesce(b.part_of_id, b.id)`);
  report.overFull = await number(sql`
    select count(*)::int as n from (select 1 from bookings where ${own} and seat_no is not null and part_of_id is null
      and status in ('held', 'confirmed') group by service_id, staff_id, starts_at having count(*) > 4) s`);
  report.incomplete = await number(sql`
    select count(*)::int as n from bookings b join services s on s.id = b.service_id
      left join bookings w on w.id = b.part_of_id
    where b.${own} and ((b.part_of_id is null and b.status in ('held', 'confirmed') and (
        (s.staff_needed = 2 and (select count(*) from bookings p where p.part_of_id = b.id and p.status = b.status
          and p.staff_id <> b.staff_id and p.starts_at = b.starts_at) <> 1)
        or (s.name <> 'Cut' and b.resource_id is null)))
      or (b.part_of_id is not null and (b.status <> w.status or b.starts_at <> w.starts_at)))`);
  report.overLimit = await number(sql`
    select count(*)::int as n from (select 1 from bookings b join services s on s.id = b.service_id where b.${own} and s.name = 'Cut'
      and (b.status = 'confirmed' or b.status = 'held' and b.hold_expires_at > ${FRIDAY_TEN}::timestamptz)
      group by date_trunc('day', b.starts_at at time zone 'America/New_York') having count(*) > 6) d`);
  const confirmed = await number(
    sql`select count(*)::int as n from bookings where ${own} and status = 'confirmed' and part_of_id is null`,
  );
  report.unaccounted = Math.abs(confirmed - (report.booked - report.cancelled));
  return report;
}
