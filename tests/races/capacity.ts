import { sql } from "drizzle-orm";
import { createResource } from "@/lib/scheduling/create-resource";
import { createService } from "@/lib/scheduling/create-service";
import { createStaff } from "@/lib/scheduling/create-staff";
import { findSlots } from "@/lib/scheduling/find-slots";
import { updateService } from "@/lib/scheduling/update-service";
import { createSalon, FRIDAY_TEN } from "../salon";
import { changing, unaccounted } from "./bookings";
import type { Course } from "./run-race";

/**
 * Three people, two rooms and two days: seats of a class, a service that two do together, one in a room, one limited to six a day; booked,
 * held, moved and cancelled, by person and by turn. `roomsTwice`: two live rows in one room at once that are neither seats of one start nor
 * rows of one booking; `incomplete`: bookings of several people or of a room without all of them, and rows that live longer than their booking.
 */
export const capacity: Course = async (stage) => {
  const salon = await createSalon(stage.database);
  const { ctx } = salon;
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
  const own = sql`org_id = ${salon.orgId}`;
  const faults = {
    roomsTwice: sql`
      select count(*)::int as n from bookings a join bookings b on a.resource_id = b.resource_id and a.id < b.id
        and a.block_start_ms < b.block_end_ms and b.block_start_ms < a.block_end_ms
      where a.${own} and a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')
        and not (a.seat_no is not null and b.seat_no is not null and a.service_id = b.service_id and a.starts_at = b.starts_at
          and a.staff_id = b.staff_id)
        and coalesce(a.part_of_id, a.id) <> coalesce(b.part_of_id, b.id)`,
    overFull: sql`
      select count(*)::int as n from (select 1 from bookings where ${own} and seat_no is not null and part_of_id is null
        and status in ('held', 'confirmed') group by service_id, staff_id, starts_at having count(*) > 4) s`,
    incomplete: sql`
      select count(*)::int as n from bookings b join services s on s.id = b.service_id
        left join bookings w on w.id = b.part_of_id
      where b.${own} and ((b.part_of_id is null and b.status in ('held', 'confirmed') and (
          (s.staff_needed = 2 and (select count(*) from bookings p where p.part_of_id = b.id and p.status = b.status
            and p.staff_id <> b.staff_id and p.starts_at = b.starts_at) <> 1)
          or (s.name <> 'Cut' and b.resource_id is null)))
        or (b.part_of_id is not null and (b.status <> w.status or b.starts_at <> w.starts_at)))`,
    overLimit: sql`
      select count(*)::int as n from (select 1 from bookings b join services s on s.id = b.service_id where b.${own} and s.name = 'Cut'
        and (b.status = 'confirmed' or b.status = 'held' and b.hold_expires_at > ${FRIDAY_TEN}::timestamptz)
        group by date_trunc('day', b.starts_at at time zone 'America/New_York') having count(*) > 6) d`,
  };
  return {
    attempt: changing(stage, ctx, slots, { cancel: 0.88, move: 0.75, hold: 0.62, lateUntil: 0.65 }),
    async faults() {
      const counted: Record<string, number> = { unaccounted: await unaccounted(stage, ctx) };
      for (const [name, query] of Object.entries(faults)) counted[name] = await stage.number(query);
      return counted;
    },
  };
};
