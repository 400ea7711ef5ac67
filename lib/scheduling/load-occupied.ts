import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { DAY_MS } from "./rules/civil";
import { type Kinds, kindsOf, type Occupied } from "./rules/occupied";
import type { Schedule } from "./rules/schedule";

export type Ignoring = {
  /** Holds of this call give way to its own booking. */
  callId?: string | undefined;
  holdId?: string | undefined;
  /** The booking that is being moved. */
  movingId?: string | undefined;
};

type Range = { fromMs: number; toMs: number };

/** What occupies time in the range, buffers included, expired holds left out; with the turns of `turnsOf`, a service. One statement. */
export async function loadOccupied(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  range: Range,
  ignoring: Ignoring & { turnsOf?: string | undefined } = {},
): Promise<Occupied & { turns: [string, number][] }> {
  const { rows } = await tx.execute(sql`
    select ${occupiedColumns(ctx, range, ignoring, kindsOf(schedule))}, ${ignoring.turnsOf ? turns(ctx, ignoring.turnsOf) : sql`null`} as turns`);
  const found = rows[0] as Occupied & { turns: [string, number][] | null };
  return { ...found, turns: found.turns ?? [] };
}

/** The columns of an `Occupied`. What the organisation has nothing of is not asked for; without a range nothing is. */
export const occupiedColumns = (ctx: Context, range: Range | undefined, ignoring: Ignoring, kinds: Kinds): SQL => sql`
  ${range ? busy(ctx, range, ignoring) : sql`'[]'::json`} as busy, ${tentative(ctx)} as tentative,
  ${range && kinds.seats ? sessions(ctx, range, ignoring) : sql`null`} as sessions,
  ${range && kinds.resources ? resourceBusy(ctx, range, ignoring) : sql`null`} as "resourceBusy",
  ${range && kinds.limits ? starts(ctx, range, ignoring) : sql`null`} as starts`;

/** Two lists a person: half of what a list for each block costs. */
const busy = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  coalesce((select json_agg(json_build_array(staff_id, starts, ends)) from (
    select staff_id, array_agg(block_start_ms) as starts, array_agg(block_end_ms) as ends from ${occupied(ctx, range, ignoring)}
    group by staff_id) b), '[]')`;

/** Whose calendar is not current: their times are to be confirmed. */
const tentative = (ctx: Context): SQL => sql`
  (select json_agg(distinct staff_id) from calendars where org_id = ${ctx.orgId} and blocks
    and (fresh_until is null or fresh_until < ${at(ctx.clock.now().getTime())}))`;

/** Starts that a calendar has come to take are not joined: nobody books into time that is known to be taken. */
const sessions = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(service_id, staff_id, start_ms, end_ms, block_start_ms, block_end_ms, taken, resource_ids)) from (
    select service_id, staff_id, min((extract(epoch from starts_at) * 1000)::bigint) as start_ms,
      min((extract(epoch from ends_at) * 1000)::bigint) as end_ms, min(block_start_ms) as block_start_ms, min(block_end_ms) as block_end_ms,
      count(*) filter (where part_of_id is null)::int as taken,
      coalesce(json_agg(distinct resource_id) filter (where resource_id is not null), '[]') as resource_ids
    from bookings where org_id = ${ctx.orgId} and seat_no is not null and ${occupies(ctx, range, ignoring)}
    group by service_id, staff_id, session_key) s
    where not exists (select from calendar_busy c where c.org_id = ${ctx.orgId} and c.staff_id = s.staff_id
      and c.start_ms > s.block_start_ms - ${PIECE_MS} and c.start_ms < s.block_end_ms and c.end_ms > s.block_start_ms))`;

const resourceBusy = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(resource_id, block_start_ms, block_end_ms) order by resource_id, block_start_ms) from bookings
    where org_id = ${ctx.orgId} and resource_id = any (array(select id from resources where org_id = ${ctx.orgId}))
      and ${isThen(range)} and ${isLive(ctx, ignoring)})`;

const starts = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(service_id, staff_id, start_ms, is_first)) from (
    select service_id, staff_id, min((extract(epoch from starts_at) * 1000)::bigint) as start_ms, bool_or(part_of_id is null) as is_first
    from bookings where org_id = ${ctx.orgId} and starts_at >= ${at(range.fromMs - 8 * DAY_MS)} and starts_at < ${at(range.toMs + 8 * DAY_MS)}
      and (status in ('completed', 'no_show') or ${isLive(ctx, ignoring)})
    group by service_id, staff_id, session_key) t)`;

/** Turns count from here: long enough to even out, short enough that somebody new is not given everything for months. */
export const TURNS_DAYS = 28;

/** How many bookings of a service each person had by turn: of the last four weeks and to come. Who had none is left out. Counted in the index. */
const turns = (ctx: Context, serviceId: string): SQL => sql`
  (select json_agg(json_build_array(staff_id, n)) from (
    select staff_id, count(*)::int as n from bookings where org_id = ${ctx.orgId} and service_id = ${serviceId} and ${isOfStaff(ctx)}
      and assigned_by = 'round_robin' and starts_at > ${at(ctx.clock.now().getTime() - TURNS_DAYS * DAY_MS)}
      and status in ('confirmed', 'completed', 'no_show')
    group by staff_id) t)`;

const at = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`;

/**
 * Bookings, holds and what the people's calendars are known to take, as rows (staff_id, block_start_ms, block_end_ms). Bookings are nearly
 * all of it: alone they are read from their index without a look at the table.
 */
export const occupied = (ctx: Context, range: Range, ignoring: Ignoring = {}): SQL => sql`(
  select staff_id, block_start_ms, block_end_ms from bookings
    where org_id = ${ctx.orgId} and ${isOfStaff(ctx)} and ${isThen(range)} and ${isConfirmed(ignoring)}
  union all
  select staff_id, block_start_ms, block_end_ms from bookings
    where org_id = ${ctx.orgId} and ${isOfStaff(ctx)} and ${isThen(range)} and ${isHeld(ctx, ignoring)}
  union all
  select staff_id, start_ms, end_ms from calendar_busy where org_id = ${ctx.orgId} and ${isOfStaff(ctx)}
    and start_ms > ${range.fromMs - PIECE_MS} and start_ms < ${range.toMs} and end_ms > ${range.fromMs}) as occupied`;

/** The longest row of calendar_busy (constraint calendar_busy_piece). */
const PIECE_MS = 24 * 3_600_000;

/** A day of work with eight hours on either side: what a service may at most occupy (constraints services_duration, services_buffers). */
const LONGEST_MS = 40 * 3_600_000;

/**
 * The condition on `bookings` under which a row occupies somebody's time for this caller. Bounded by start on both sides and by person, so
 * that the index (org_id, staff_id, block_start_ms, block_end_ms, status) gives only rows near the range, however long the history.
 */
export const occupies = (ctx: Context, range: Range, ignoring: Ignoring): SQL =>
  sql`${isOfStaff(ctx)} and ${isThen(range)} and ${isLive(ctx, ignoring)}`;

const isOfStaff = (ctx: Context): SQL => sql`staff_id = any (array(select id from staff where org_id = ${ctx.orgId}))`;

const isThen = (range: Range): SQL =>
  sql`block_start_ms > ${range.fromMs - LONGEST_MS} and block_start_ms < ${range.toMs} and block_end_ms > ${range.fromMs}`;

const isLive = (ctx: Context, ignoring: Ignoring): SQL =>
  sql`status in ('held', 'confirmed') and (${isConfirmed(ignoring)} or ${isHeld(ctx, ignoring)})`;

const isConfirmed = ({ movingId }: Ignoring): SQL =>
  movingId
    ? sql`(status = 'confirmed' and id <> ${movingId} and part_of_id is distinct from ${movingId})`
    : sql`status = 'confirmed'`;

const isHeld = (ctx: Context, { movingId = "", callId = "", holdId = "" }: Ignoring): SQL =>
  sql`(status = 'held' and id <> ${movingId} and part_of_id is distinct from ${movingId}
    and hold_expires_at > ${at(ctx.clock.now().getTime())}
    and call_id is distinct from ${callId} and id <> ${holdId} and part_of_id is distinct from ${holdId})`;
