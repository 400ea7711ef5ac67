import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { bookAppointment, findSlots } from "@/lib/scheduling";
import { type createSalon, tuesday } from "./salon";

export type Salon = Awaited<ReturnType<typeof createSalon>>;
export const TUESDAY = "2026-11-24";

/** The times at which a service may begin on a day, on the salon's clock. */
export async function startsOf(salon: Salon, serviceId: string, options: { staffId?: string; on?: string } = {}) {
  const on = options.on ?? TUESDAY;
  const found = await findSlots(salon.ctx, { serviceId, staffId: options.staffId, fromDate: on, toDate: on });
  return found.slots.map((slot) => slot.startsAt.slice(11, 16));
}

/** Books Mary in on Tuesday. */
export const book = (salon: Salon, serviceId: string, time: string, staffId = salon.anna.id) =>
  bookAppointment(salon.ctx, { serviceId, staffId, startsAt: tuesday(time), name: "Mary" });

type Refusable<T> = { ok: true; value: T } | { ok: false; reason: string };

export const reasonOf = (result: Refusable<unknown>): true | string => result.ok || result.reason;

export function had<T>(result: Refusable<T>): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/** What occupies time: everything held or confirmed, as it is stored. */
export async function liveRows(database: Database, orgId: string) {
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(
      sql`select staff_id, resource_id, seat_no, part_of_id, assigned_by, assigned_why from bookings where status in ('held', 'confirmed') order by id`,
    ),
  );
  return rows as Record<string, unknown>[];
}
