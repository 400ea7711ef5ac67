import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { mustHold, sendHoping } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { TURNS_DAYS } from "./load-occupied";
import type { AssignedBy } from "./rules/assign";
import { DAY_MS } from "./rules/civil";
import type { Plan } from "./rules/plan-booking";
import type { ScheduledService } from "./rules/schedule";
import type { BookingSource } from "./schemas";

export type Block = {
  id: string;
  service: ScheduledService;
  plan: Plan;
  assignedBy: AssignedBy;
  timeZone: string;
  status: "held" | "confirmed";
  source: BookingSource;
  holdExpiresAt: Date | null;
  callId: string | undefined;
  holdId?: string | undefined;
  contactId?: string | undefined;
  name?: string;
  phone?: string | undefined;
  email?: string | undefined;
  notes?: string;
};

const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

/**
 * Inserts a hold or a booking with everything it occupies in one statement and tells whether all of it was free. Before the insert, in the
 * same statement, holds that have expired there and those of the same call go: a row deleted by its own transaction does not count as a
 * conflict. On a conflict nothing is raised, so that the transaction stays usable, and nothing stays behind. `hasHolds`: whether the
 * organisation had any hold a moment ago.
 */
export async function insertBlock(ctx: Context, tx: Tx, block: Block, { hasHolds = true } = {}): Promise<boolean> {
  const { service, plan } = block;
  const parts = partsOf(plan);
  const all = 1 + parts.length;
  // Which seat is free shows only when it is taken; everything else was free a moment ago.
  if (service.seats === 1 && sendHoping(tx, statement(ctx, block, parts, { all, freeing: hasHolds }))) return true;
  // A seat that somebody else took in the same moment is no reason to refuse while there are others.
  const attempts = service.seats > 1 ? service.seats + 2 : 1;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { rows } = await tx.execute(statement(ctx, block, parts));
    const { inserted, canRetry } = rows[0] as { inserted: number; canRetry: boolean };
    if (inserted === all) return true;
    if (inserted > 0)
      await tx.execute(
        sql`delete from bookings where org_id = ${ctx.orgId} and (id = ${block.id} or part_of_id = ${block.id})`,
      );
    if (!canRetry) return false;
  }
  return false;
}

export type Part = { id: string; staff_id: string; resource_id: string | null };

/** Rows beyond the first: one for each further person, and for each further resource that no person's row has room for. */
export function partsOf({ team, resourceIds }: Plan): Part[] {
  const [lead, ...others] = team;
  const length = Math.max(others.length, resourceIds.length - 1);
  return Array.from({ length }, (_, n) => ({
    id: newId("booking"),
    staff_id: (others[n] ?? lead)?.id ?? "",
    resource_id: resourceIds[n + 1] ?? null,
    // Everybody inserts in one order, so that two who want the same people wait for each other and do not lock each other out.
  })).sort((a, b) => (a.staff_id < b.staff_id ? -1 : 1));
}

/** Tells how many rows were `inserted`; fails where they must be `all`. Without `freeing`, a hold in the way is a conflict. */
function statement(
  ctx: Context,
  block: Block,
  parts: readonly Part[],
  { all, freeing = true }: { all?: number; freeing?: boolean } = {},
): SQL {
  const inserted = (count: SQL) =>
    all === undefined ? sql`${count}::int as inserted` : mustHold(sql`${count} = ${all}`);
  const { service, plan } = block;
  const [lead] = plan.team;
  const staffId = lead?.id ?? "";
  const now = at(ctx.clock.now().getTime());
  const hasSeats = service.seats > 1;
  const main = sql`
    insert into bookings (id, org_id, service_id, staff_id, contact_id, call_id, status, source, starts_at, ends_at, block_start_ms,
      block_end_ms, hold_expires_at, time_zone, attendee_name, attendee_phone, attendee_email, notes, price_cents, created_at, updated_at,
      resource_id, location_id, assigned_by, assigned_why, seat_no, seats)
    select ${block.id}, ${ctx.orgId}, ${service.id}, ${staffId}, ${block.contactId ?? null}, ${block.callId ?? null}, ${block.status},
      ${block.source}, ${at(plan.startMs)}, ${at(plan.endMs)}, ${plan.block.startMs}::bigint, ${plan.block.endMs}::bigint,
      ${block.holdExpiresAt?.toISOString() ?? null}::timestamptz, ${block.timeZone}, ${block.name ?? ""}, ${block.phone ?? null},
      ${emailOf(ctx, block)}, ${block.notes ?? ""}, ${service.priceCents}::integer, ${now}, ${now}, ${plan.resourceIds[0] ?? null},
      ${lead?.locationId ?? null}, ${block.assignedBy}, ${assignedWhy(ctx, block, staffId)},
      ${hasSeats ? sql`seat.n, ${service.seats}::integer from seat` : sql`null, null`}
    ${freeing ? sql`where (select count(*) from freed) >= 0` : sql``}
    on conflict do nothing
    returning id`;
  const freed = freeing ? sql`with freed as (${freeHolds(ctx, plan, block)} returning id),` : sql`with`;
  if (!hasSeats && parts.length === 0)
    return sql`${freed} main as (${main}) select ${inserted(sql`(select count(*) from main)`)}, false as "canRetry"`;
  const key = `${service.id}@${staffId}@${plan.startMs}`;
  return sql`${freed} ${hasSeats ? sql`seat as (${freeSeat(staffId, key, service.seats, sql`select id from freed`)}),` : sql``}
    main as (${main}), parts as (
      insert into bookings (id, org_id, service_id, staff_id, call_id, status, source, starts_at, ends_at, block_start_ms, block_end_ms,
        hold_expires_at, time_zone, created_at, updated_at, resource_id, location_id, assigned_by, seat_no, seats, part_of_id)
      select p.id, ${ctx.orgId}, ${service.id}, p.staff_id, ${block.callId ?? null}, ${block.status}, ${block.source}, ${at(plan.startMs)},
        ${at(plan.endMs)}, ${plan.block.startMs}::bigint, ${plan.block.endMs}::bigint,
        ${block.holdExpiresAt?.toISOString() ?? null}::timestamptz, ${block.timeZone}, ${now}, ${now}, p.resource_id,
        ${lead?.locationId ?? null}, 'together', ${hasSeats ? sql`(select n from seat), ${service.seats}::integer` : sql`null, null`}, main.id
      from main, jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(id text, staff_id text, resource_id text)
      order by p.staff_id
      on conflict do nothing
      returning id)
    select ${inserted(sql`((select count(*) from main) + (select count(*) from parts))`)},
      ${hasSeats ? sql`exists (select from seat) and not exists (${blockers(staffId, key, plan)} and id not in (select id from freed))` : sql`false`} as "canRetry"`;
}

/** Given with the booking, else the one that is known of the contact: whoever books by telephone spells none. */
const emailOf = (ctx: Context, { email, contactId }: Block): SQL =>
  email || !contactId
    ? sql`${email ?? null}`
    : sql`(select email from contacts where org_id = ${ctx.orgId} and id = ${contactId})`;

/** The first seat of a start that nobody has. Rows that the same statement deletes are still seen: they are named in `gone`. */
export const freeSeat = (staffId: string, key: string, seats: number, gone: SQL): SQL => sql`
  select n from generate_series(1, ${seats}::integer) n where not exists (
    select from bookings b where b.staff_id = ${staffId} and b.session_key = ${key} and b.seat_no = n and b.part_of_id is null
      and b.status in ('held', 'confirmed') and b.id not in (${gone})) order by n limit 1`;

/** What occupies the person and is not a seat of the same start: against that no other seat helps. */
const blockers = (staffId: string, key: string, { block }: Plan): SQL => sql`
  select from bookings where staff_id = ${staffId} and block_start_ms < ${block.endMs} and block_end_ms > ${block.startMs}
    and session_key <> ${key} and status in ('held', 'confirmed')`;

/** By turn: how many of the turns they had before this one, as the booking is made. */
const assignedWhy = (ctx: Context, { assignedBy, service }: Block, staffId: string): SQL =>
  assignedBy === "round_robin"
    ? sql`(select count(*) filter (where staff_id = ${staffId}) || ' of ' || count(*) || ' turns so far' from bookings
        where org_id = ${ctx.orgId} and service_id = ${service.id} and assigned_by = 'round_robin'
          and starts_at > ${at(ctx.clock.now().getTime() - TURNS_DAYS * DAY_MS)} and status in ('confirmed', 'completed', 'no_show'))`
    : sql`''`;

/** Deletes holds in the way: expired ones of the same people and resources, all of the same call, and the named one. */
export function freeHolds(
  ctx: Context,
  { team, resourceIds, block }: Plan,
  own: { callId?: string | undefined; holdId?: string | undefined },
): SQL {
  const staffIds = team.map((person) => person.id);
  const isStaff = staffIds.length === 1 ? sql`staff_id = ${staffIds[0]}` : sql`staff_id in ${staffIds}`;
  const isWanted = resourceIds.length === 0 ? isStaff : sql`(${isStaff} or resource_id in ${[...resourceIds]})`;
  return sql`delete from bookings where org_id = ${ctx.orgId} and status = 'held' and (
    (${isWanted} and block_start_ms < ${block.endMs} and block_end_ms > ${block.startMs}
      and hold_expires_at <= ${at(ctx.clock.now().getTime())})
    or call_id = ${own.callId ?? ""} or id = ${own.holdId ?? ""} or part_of_id = ${own.holdId ?? ""})`;
}
