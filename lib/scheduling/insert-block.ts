import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { MINUTE_MS } from "./rules/civil";
import { blockOf, type ScheduledService } from "./rules/schedule";
import type { BookingSource } from "./schemas";

export type Block = {
  id: string;
  service: ScheduledService;
  staffId: string;
  startMs: number;
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

const at = (ms: number) => new Date(ms).toISOString();

/**
 * Inserts a hold or a booking in one statement and tells whether the time was free. Before the insert, in the same statement, holds that
 * have expired there and those of the same call go: a row deleted by its own transaction does not count as a conflict.
 * On a conflict nothing is raised, so that the transaction stays usable.
 */
export async function insertBlock(ctx: Context, tx: Tx, block: Block): Promise<boolean> {
  const { service, startMs } = block;
  const occupied = blockOf(service, startMs);
  const now = ctx.clock.now().toISOString();
  const { rows } = await tx.execute(sql`
    with freed as (${freeHolds(ctx, block.staffId, occupied, block)} returning id)
    insert into bookings (id, org_id, service_id, staff_id, contact_id, call_id, status, source, starts_at, ends_at, block_start_ms,
      block_end_ms, hold_expires_at, time_zone, attendee_name, attendee_phone, attendee_email, notes, price_cents, created_at, updated_at)
    select ${block.id}, ${ctx.orgId}, ${service.id}, ${block.staffId}, ${block.contactId ?? null}, ${block.callId ?? null}, ${block.status},
      ${block.source}, ${at(startMs)}::timestamptz, ${at(startMs + service.durationMinutes * MINUTE_MS)}::timestamptz,
      ${occupied.startMs}::bigint, ${occupied.endMs}::bigint, ${block.holdExpiresAt?.toISOString() ?? null}::timestamptz, ${block.timeZone},
      ${block.name ?? ""}, ${block.phone ?? null}, ${block.email ?? null}, ${block.notes ?? ""}, ${service.priceCents}::integer, ${now}::timestamptz, ${now}::timestamptz
    where (select count(*) from freed) >= 0
    on conflict do nothing
    returning id`);
  return rows.length > 0;
}

/** Deletes holds in the way: expired ones over the same time, all of the same call, and the named one. */
export const freeHolds = (
  ctx: Context,
  staffId: string,
  occupied: { startMs: number; endMs: number },
  own: { callId?: string | undefined; holdId?: string | undefined },
) => sql`delete from bookings where org_id = ${ctx.orgId} and status = 'held' and (
    (staff_id = ${staffId} and block_start_ms < ${occupied.endMs} and block_end_ms > ${occupied.startMs}
      and hold_expires_at <= ${ctx.clock.now().toISOString()}::timestamptz)
    or call_id = ${own.callId ?? ""} or id = ${own.holdId ?? ""})`;
