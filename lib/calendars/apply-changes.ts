import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import type { CalendarChanges, CalendarItem } from "./ports";
import { raiseAlerts } from "./raise-alerts";
import { FRESH_MS, POLL_MS } from "./rules/freshness";
import { piecesOf } from "./rules/pieces";
import { sayUnread, type Unread, unreadAfter } from "./rules/unread";
import { settleTentative } from "./settle-tentative";
import type { Claimed } from "./sync-calendar";

type Window = { fromMs: number; toMs: number };

/** What is kept of items that cannot be read. Where there are more, everything is read anew each time, so that none is forgotten. */
const MOST_UNREAD = 1_000;

/**
 * Keeps what was read and marks the calendar as current, in one transaction. What we wrote ourselves is not busy time: the booking already
 * is. A calendar with anything in it that cannot be read is not current and is told about in the same transaction. False when the calendar was given to another reader or is not followed any more; then nothing is kept.
 */
export async function applyChanges(
  ctx: Context,
  calendar: Claimed,
  changes: CalendarChanges,
  window: Window,
): Promise<boolean> {
  const now = ctx.clock.now();
  return inTenant(ctx, async (tx) => {
    // Whoever books takes this lock shared (trigger bookings_known_busy): they see all of this or come before it.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('calendar ' || ${calendar.staffId}, 0))`);
    const { rows } = await tx.execute(sql`
      select alerted_at is not null as "wasAlerted", requested_at is not null as "isRequested", unread from calendars
      where org_id = ${ctx.orgId} and id = ${calendar.id} and lease_token = ${calendar.lease} and blocks for update`);
    const held = rows[0] as { wasAlerted: boolean; isRequested: boolean; unread: Unread } | undefined;
    if (!held) return false;
    const unread = unreadAfter(held.unread, changes);
    const parts = Object.entries(unread);
    const isWhole = parts.length === 0;
    const token = parts.length > MOST_UNREAD ? undefined : changes.token;
    await replaceBusy(ctx, tx, calendar, changes, window);
    const next = held.isRequested ? now : new Date(now.getTime() + POLL_MS);
    await tx.execute(sql`
      update calendars set sync_token = ${token ?? null}, synced_at = ${now.toISOString()}::timestamptz,
        full_sync_at = ${changes.isFull ? sql`${now.toISOString()}::timestamptz` : sql`full_sync_at`},
        fresh_until = ${isWhole ? sql`${new Date(now.getTime() + FRESH_MS).toISOString()}::timestamptz` : null},
        next_sync_at = ${next.toISOString()}::timestamptz, failures = 0, failure = ${isWhole ? null : sayUnread(unread, calendar.zone)},
        unread = ${JSON.stringify(Object.fromEntries(parts.slice(0, MOST_UNREAD)))}::jsonb,
        alerted_at = ${isWhole ? null : sql`alerted_at`}, alert_mailed_at = ${isWhole ? null : sql`alert_mailed_at`},
        lease_token = null, lease_until = null
      where org_id = ${ctx.orgId} and id = ${calendar.id}`);
    await settleTentative(ctx, tx, calendar.staffId);
    if (!isWhole) await raiseAlerts(ctx, tx, [calendar.id]);
    else if (held.wasAlerted || calendar.fullSyncAtMs === null)
      await publishEvent(ctx, tx, {
        kind: "calendar.recovered",
        subjectId: calendar.id,
        payload: { staffId: calendar.staffId },
      });
    return true;
  });
}

async function replaceBusy(
  ctx: Context,
  tx: Tx,
  calendar: Claimed,
  changes: CalendarChanges,
  window: Window,
): Promise<void> {
  const own = await ownKeys(ctx, tx, changes.items);
  const changed = [...changes.items.map((item) => item.itemId), ...changes.removed];
  const where = sql`org_id = ${ctx.orgId} and calendar_id = ${calendar.id}`;
  if (changes.isFull) await tx.execute(sql`delete from calendar_busy where ${where}`);
  else if (changed.length > 0)
    await tx.execute(sql`delete from calendar_busy where ${where}
      and item_id in (select jsonb_array_elements_text(${JSON.stringify(changed)}::jsonb))`);
  const pieces = changes.items
    .filter((item) => !(item.key && own.has(item.key)))
    .flatMap((item) => item.blocks.flatMap((block) => piecesOf(block, window)).map((piece) => [item.itemId, piece]));
  if (pieces.length === 0) return;
  const rows = JSON.stringify(pieces.map(([itemId, piece]) => ({ itemId, ...(piece as object) })));
  await tx.execute(sql`
    insert into calendar_busy (org_id, calendar_id, staff_id, item_id, start_ms, end_ms)
    select ${ctx.orgId}, ${calendar.id}, ${calendar.staffId}, x."itemId", x."startMs", x."endMs"
    from jsonb_to_recordset(${rows}::jsonb) as x("itemId" text, "startMs" bigint, "endMs" bigint) on conflict do nothing`);
}

/** Of the marks on items, those that are on events of this organisation's own bookings. */
async function ownKeys(ctx: Context, tx: Tx, items: readonly CalendarItem[]): Promise<Set<string>> {
  const marked = items.flatMap((item) => item.key ?? []);
  if (marked.length === 0) return new Set();
  const { rows } = await tx.execute(sql`
    select distinct key from calendar_writes where org_id = ${ctx.orgId}
      and key in (select jsonb_array_elements_text(${JSON.stringify(marked)}::jsonb))`);
  return new Set((rows as { key: string }[]).map((row) => row.key));
}
