import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { holdSlot } from "@/lib/scheduling";
import type { SlotOffer } from "@/lib/scheduling/schemas";
import type { Waiting } from "./rules/rank";
import type { WaitlistOffer } from "./schemas";

/** How long somebody has to answer; a letter is not read at once. */
const OFFER_MINUTES = 120;
const MINUTE_MS = 60_000;

export type MadeOffer = Pick<WaitlistOffer, "id" | "entryId" | "holdId" | "startsAt" | "rank" | "ranked" | "expiresAt">;

/**
 * Holds a free time for one entry and offers it; undefined when somebody was faster. It stays open for two hours, less where the service's
 * notice would run out before: an offer that is accepted can be booked.
 */
export async function makeOffer(
  ctx: Context & { tx: Tx },
  entry: Waiting,
  slot: SlotOffer,
  { rank, ranked, minNoticeMinutes }: { rank: number; ranked: number; minNoticeMinutes: number },
): Promise<MadeOffer | undefined> {
  const nowMs = ctx.clock.now().getTime();
  const untilNotice = Math.floor((slot.startMs - nowMs) / MINUTE_MS) - minNoticeMinutes;
  const minutes = Math.min(OFFER_MINUTES, Math.max(untilNotice, 10));
  const held = await holdSlot(ctx, { slot: slot.slot, minutes });
  if (!held.ok) return undefined;
  const id = newId("waitlistOffer");
  const { expiresAt, id: holdId, staffId } = held.value;
  await ctx.tx.execute(sql`
    insert into waitlist_offers (id, org_id, entry_id, hold_id, slot, staff_id, starts_at, rank, ranked, priority, joined_at, offered_at, expires_at)
    values (${id}, ${ctx.orgId}, ${entry.id}, ${holdId}, ${slot.slot}, ${staffId}, ${new Date(slot.startMs).toISOString()}::timestamptz,
      ${rank}, ${ranked}, ${entry.priority}, ${new Date(entry.joinedAtMs).toISOString()}::timestamptz,
      ${new Date(nowMs).toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)`);
  await recordChange(ctx, ctx.tx, {
    action: "waitlist.offered",
    subject: { kind: "waitlist_entry", id: entry.id },
    changes: { startsAt: slot.startsAt, expiresAt: expiresAt.toISOString(), rank, ranked },
    payload: { entryId: entry.id, offerId: id, startsAt: slot.startsAt, expiresAt: expiresAt.toISOString() },
  });
  return { id, entryId: entry.id, holdId, startsAt: new Date(slot.startMs), rank, ranked, expiresAt };
}
