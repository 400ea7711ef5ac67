import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";

export type Ignoring = {
  /** Holds of this call give way to its own booking. */
  callId?: string | undefined;
  holdId?: string | undefined;
  /** The booking that is being moved. */
  movingId?: string | undefined;
};

/** [staffId, startMs, endMs] of everything that occupies time in the range, buffers included. Expired holds do not. */
export async function loadBusy(
  ctx: Context,
  tx: Tx,
  range: { fromMs: number; toMs: number },
  ignoring: Ignoring = {},
): Promise<[string, number, number][]> {
  const { rows } = await tx.execute(sql`
    select coalesce(json_agg(json_build_array(staff_id, block_start_ms, block_end_ms) order by staff_id, block_start_ms), '[]') as busy
    from ${occupied(ctx, range, ignoring)}`);
  return (rows[0] as { busy: [string, number, number][] }).busy;
}

/** Bookings, holds and what the people's calendars are known to take, as rows (staff_id, block_start_ms, block_end_ms). */
export const occupied = (ctx: Context, range: { fromMs: number; toMs: number }, ignoring: Ignoring = {}) => sql`(
  select staff_id, block_start_ms, block_end_ms from bookings where org_id = ${ctx.orgId} and ${occupies(ctx, range, ignoring)}
  union all
  select staff_id, start_ms, end_ms from calendar_busy where org_id = ${ctx.orgId}
    and staff_id = any (array(select id from staff where org_id = ${ctx.orgId}))
    and start_ms > ${range.fromMs - PIECE_MS} and start_ms < ${range.toMs} and end_ms > ${range.fromMs}) as occupied`;

/** The longest row of calendar_busy (constraint calendar_busy_piece). */
const PIECE_MS = 24 * 3_600_000;

/** A day of work with eight hours on either side: what a service may at most occupy (constraints services_duration, services_buffers). */
const LONGEST_MS = 40 * 3_600_000;

/**
 * The condition on `bookings` under which a row occupies time for this caller. Bounded by start on both sides and by person, so that the
 * index (org_id, staff_id, block_start_ms, block_end_ms) gives only rows near the range, however long the history.
 */
export function occupies(ctx: Context, range: { fromMs: number; toMs: number }, ignoring: Ignoring) {
  return sql`staff_id = any (array(select id from staff where org_id = ${ctx.orgId}))
    and block_start_ms > ${range.fromMs - LONGEST_MS} and block_start_ms < ${range.toMs} and block_end_ms > ${range.fromMs}
    and status in ('held', 'confirmed')
    and id <> ${ignoring.movingId ?? ""}
    and (status = 'confirmed' or (hold_expires_at > ${ctx.clock.now().toISOString()}::timestamptz
      and call_id is distinct from ${ignoring.callId ?? ""} and id <> ${ignoring.holdId ?? ""}))`;
}
