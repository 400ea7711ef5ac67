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

export type Range = { fromMs: number; toMs: number };

/** What is to be read: what occupies time in `busy`, buffers included, and how often it was whose turn of `turnsOf`, a service. */
export type Reads = { busy?: Range | undefined; turnsOf?: string | undefined };

/** `turns`: who had how many of the service asked for; who had none is left out. */
export type OccupiedRow = Occupied & { turns: [staffId: string, turns: number][] | null };

/** What occupies time in the range, expired holds left out; one statement. */
export async function loadOccupied(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  reads: Reads,
  ignoring: Ignoring = {},
): Promise<OccupiedRow> {
  const { rows } = await tx.execute(
    sql`select ${occupiedColumns(ctx, reads, ignoring, kindsOf(schedule))} from organizations o where o.id = ${ctx.orgId}`,
  );
  return rows[0] as OccupiedRow;
}

/** The columns of an `OccupiedRow`, of organisation `o`. What it has nothing of is not asked for; without a range only who is tentative is. */
export const occupiedColumns = (
  ctx: Context,
  { busy: range, turnsOf }: Reads,
  ignoring: Ignoring,
  kinds: Kinds,
): SQL => sql`
  ${range ? busy(ctx, range, ignoring) : sql`null`} as busy, ${tentative(ctx)} as tentative,
  ${range && kinds.seats ? sessions(ctx, range, ignoring) : sql`null`} as sessions,
  ${range && kinds.resources ? resourceBusy(ctx, range, ignoring) : sql`null`} as "resourceBusy",
  ${range && kinds.limits ? starts(ctx, range, ignoring) : sql`null`} as starts,
  ${turnsOf ? turns(ctx, turnsOf) : sql`null`} as turns`;

/** Three lists side by side: grouped by person in the database they would cost it half as much again. */
const busy = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_build_array(string_agg(staff_id, ' '), array_agg(block_start_ms), array_agg(block_end_ms))
    from ${occupied(ctx, range, ignoring)} having count(*) > 0)`;

/** Whose calendar is not current: their times are to be confirmed. */
const tentative = (ctx: Context): SQL => sql`
  (select json_agg(distinct staff_id) from calendars where org_id = o.id and blocks
    and (fresh_until is null or fresh_until < ${at(ctx.clock.now().getTime())}))`;

/** Starts that a calendar has come to take are not joined: nobody books into time that is known to be taken. */
const sessions = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(service_id, staff_id, start_ms, end_ms, block_start_ms, block_end_ms, taken, resource_ids)) from (
    select service_id, staff_id, min((extract(epoch from starts_at) * 1000)::bigint) as start_ms,
      min((extract(epoch from ends_at) * 1000)::bigint) as end_ms, min(block_start_ms) as block_start_ms, min(block_end_ms) as block_end_ms,
      count(*) filter (where part_of_id is null)::int as taken,
      coalesce(json_agg(distinct resource_id) filter (where resource_id is not null), '[]') as resource_ids
    from bookings where org_id = o.id and seat_no is not null and ${isThen(range)} and ${isLive(ctx, ignoring)}
    group by service_id, staff_id, session_key) s
    where not exists (select from calendar_busy c where c.org_id = o.id and c.staff_id = s.staff_id
      and c.start_ms > s.block_start_ms - ${PIECE_MS} and c.start_ms < s.block_end_ms and c.end_ms > s.block_start_ms))`;

const resourceBusy = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(resource_id, block_start_ms, block_end_ms) order by resource_id, block_start_ms) from bookings
    where org_id = o.id and resource_id = any (array(select id from resources where org_id = o.id))
      and ${isThen(range)} and ${isLive(ctx, ignoring)})`;

const starts = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`
  (select json_agg(json_build_array(service_id, staff_id, start_ms, is_first)) from (
    select service_id, staff_id, min((extract(epoch from starts_at) * 1000)::bigint) as start_ms, bool_or(part_of_id is null) as is_first
    from bookings where org_id = o.id and starts_at >= ${at(range.fromMs - 8 * DAY_MS)} and starts_at < ${at(range.toMs + 8 * DAY_MS)}
      and (status in ('completed', 'no_show') or ${isLive(ctx, ignoring)})
    group by service_id, staff_id, session_key) t)`;

/** Turns count from here: long enough to even out, short enough that somebody new is not given everything for months. */
export const TURNS_DAYS = 28;

/** How many bookings of a service each person had by turn: of the last four weeks and to come. Who had none is left out. Counted in the index. */
const turns = (ctx: Context, serviceId: string): SQL => sql`
  (select json_agg(json_build_array(staff_id, n)) from (
    select staff_id, count(*)::int as n from bookings where org_id = o.id and service_id = ${serviceId}
      and assigned_by = 'round_robin' and starts_at > ${at(ctx.clock.now().getTime() - TURNS_DAYS * DAY_MS)}
      and status in ('confirmed', 'completed', 'no_show')
    group by staff_id) t)`;

const at = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`;

/**
 * Bookings, holds and what the people's calendars are known to take, as rows (staff_id, block_start_ms, block_end_ms). Bookings are nearly
 * all of it: alone they are read from their index without a look at the table.
 */
const occupied = (ctx: Context, range: Range, ignoring: Ignoring): SQL => sql`(
  select staff_id, block_start_ms, block_end_ms from bookings where org_id = o.id and ${isThen(range)} and ${isConfirmed(ignoring)}
  union all
  select staff_id, block_start_ms, block_end_ms from bookings where org_id = o.id and ${isThen(range)} and ${isHeld(ctx, ignoring)}
  union all
  select staff_id, start_ms, end_ms from calendar_busy
    where org_id = o.id and staff_id = any (array(select id from staff where org_id = o.id))
      and start_ms > ${range.fromMs - PIECE_MS} and start_ms < ${range.toMs} and end_ms > ${range.fromMs}) as occupied`;

/** The longest row of calendar_busy (constraint calendar_busy_piece). */
const PIECE_MS = 24 * 3_600_000;

/** A day of work with eight hours on either side: what a service may at most occupy (constraints services_duration, services_buffers). */
const LONGEST_MS = 40 * 3_600_000;

/** Bounded by start on both sides: the index on it gives only rows near the range, however long the history and however many the people. */
const isThen = (range: Range): SQL =>
  sql`block_start_ms > ${range.fromMs - LONGEST_MS} and block_start_ms < ${range.toMs} and block_end_ms > ${range.fromMs}`;

/** Under which a row of `bookings` occupies somebody's time for this caller. */
const isLive = (ctx: Context, ignoring: Ignoring): SQL =>
  sql`status in ('held', 'confirmed') and (${isConfirmed(ignoring)} or ${isHeld(ctx, ignoring)})`;

const isConfirmed = ({ movingId }: Ignoring): SQL => sql`(status = 'confirmed'${isNot(movingId)})`;

const isHeld = (ctx: Context, { movingId, callId, holdId }: Ignoring): SQL =>
  sql`(status = 'held' and hold_expires_at > ${at(ctx.clock.now().getTime())}${isNot(movingId)}${isNot(holdId)}${
    callId ? sql` and call_id is distinct from ${callId}` : nothing
  })`;

const isNot = (id: string | undefined): SQL =>
  id ? sql` and id <> ${id} and part_of_id is distinct from ${id}` : nothing;

const nothing = sql``;
