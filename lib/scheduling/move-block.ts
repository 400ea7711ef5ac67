import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { constraintOf, withSavepoint } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { freeHolds, freeSeat, partsOf } from "./insert-block";
import type { Plan } from "./rules/plan-booking";
import type { ScheduledService } from "./rules/schedule";

type Move = {
  bookingId: string;
  service: ScheduledService;
  plan: Plan;
  timeZone: string;
  callId: string | undefined;
  /** Owed for the move, in minor units. */
  fee: { cents: number; currency: string };
};

/**
 * Moves a confirmed booking and everything it occupies, or nothing. `taken`: a constraint spoke against it, or no seat is left;
 * `gone`: it is not confirmed any more.
 */
export async function moveBlock(ctx: Context, tx: Tx, move: Move): Promise<"moved" | "taken" | "gone"> {
  const attempts = move.service.seats > 1 ? move.service.seats + 2 : 1;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    let moved = 0;
    const constraint = await constraintAgainst(() =>
      withSavepoint(tx, async () => (moved = await write(ctx, tx, move))),
    );
    if (constraint === "bookings_one_per_seat") continue;
    if (constraint) return "taken";
    if (moved > 0) return "moved";
    const { rows } = await tx.execute(
      sql`select status from bookings where org_id = ${ctx.orgId} and id = ${move.bookingId} and status = 'confirmed'`,
    );
    return rows.length > 0 ? "taken" : "gone";
  }
  return "taken";
}

async function write(ctx: Context, tx: Tx, { bookingId, service, plan, timeZone, callId, fee }: Move): Promise<number> {
  const [lead] = plan.team;
  const staffId = lead?.id ?? "";
  const hasSeats = service.seats > 1;
  const own = sql`select id from freed union all select ${bookingId}`;
  const { rows } = await tx.execute(sql`
    with freed as (${freeHolds(ctx, plan, { callId })} returning id),
      gone as (delete from bookings where org_id = ${ctx.orgId} and part_of_id = ${bookingId} returning id),
      seat as (${hasSeats ? freeSeat(staffId, `${service.id}@${staffId}@${plan.startMs}`, service.seats, own) : sql`select null::integer as n`})
    update bookings set staff_id = ${staffId}, starts_at = ${new Date(plan.startMs).toISOString()}::timestamptz,
      ends_at = ${new Date(plan.endMs).toISOString()}::timestamptz, block_start_ms = ${plan.block.startMs}::bigint,
      block_end_ms = ${plan.block.endMs}::bigint, time_zone = ${timeZone}, resource_id = ${plan.resourceIds[0] ?? null},
      location_id = ${lead?.locationId ?? null}, seat_no = seat.n, seats = ${hasSeats ? service.seats : null}::integer,
      fee_cents = fee_cents + ${fee.cents}::integer,
      fee_currency = case when ${fee.cents}::integer > 0 then ${fee.currency} else fee_currency end,
      updated_at = ${ctx.clock.now().toISOString()}::timestamptz
    from seat
    where org_id = ${ctx.orgId} and id = ${bookingId} and status = 'confirmed'
      and (select count(*) from freed) + (select count(*) from gone) >= 0
    returning id`);
  const parts = partsOf(plan);
  if (rows.length > 0 && parts.length > 0) {
    const placed = await tx.execute(sql`
      insert into bookings (id, org_id, service_id, staff_id, call_id, status, source, starts_at, ends_at, block_start_ms, block_end_ms,
        time_zone, created_at, updated_at, resource_id, location_id, assigned_by, seat_no, seats, part_of_id)
      select p.id, b.org_id, b.service_id, p.staff_id, b.call_id, b.status, b.source, b.starts_at, b.ends_at, b.block_start_ms,
        b.block_end_ms, b.time_zone, b.updated_at, b.updated_at, p.resource_id, b.location_id, 'together', b.seat_no, b.seats, b.id
      from bookings b, jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(id text, staff_id text, resource_id text)
      where b.org_id = ${ctx.orgId} and b.id = ${bookingId}
      order by p.staff_id
      returning id`);
    // Where a calendar takes somebody's time the row is left out without an error: then nothing is moved.
    if (placed.rows.length < parts.length)
      throw Object.assign(new Error("somebody's calendar takes this time"), { constraint: "bookings_no_overlap" });
  }
  return rows.length;
}

const excluding = new Set(["bookings_no_overlap", "bookings_resource_no_overlap", "bookings_one_per_seat"]);

/** Which of the constraints against double booking spoke against it; undefined when none did, every other error stays one. */
export async function constraintAgainst(fn: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await fn();
    return undefined;
  } catch (error) {
    const constraint = constraintOf(error);
    if (constraint && excluding.has(constraint)) return constraint;
    throw error;
  }
}
