import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordChange } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { releaseHold } from "@/lib/scheduling";
import type { OfferRow } from "./find-offer";
import type { OfferStatus } from "./schemas";

/**
 * Ends a locked offer without a booking and lets its time go, which the next in the ranking is then offered (the released hold's event
 * starts that). An offer that was decided stays as it is.
 */
export async function closeOffer(
  ctx: Context & { tx: Tx },
  offer: Pick<OfferRow, "id" | "entryId" | "holdId">,
  status: Exclude<OfferStatus, "open" | "accepted">,
): Promise<void> {
  const { rows } = await ctx.tx.execute(sql`
    update waitlist_offers set status = ${status}, decided_at = ${ctx.clock.now().toISOString()}::timestamptz
    where org_id = ${ctx.orgId} and id = ${offer.id} and status = 'open' returning id`);
  if (rows.length === 0) return;
  await releaseHold(ctx, { holdId: offer.holdId });
  await recordChange(ctx, ctx.tx, {
    action: "waitlist.offer_closed",
    subject: { kind: "waitlist_entry", id: offer.entryId },
    changes: { status },
    payload: { entryId: offer.entryId, offerId: offer.id, status },
  });
}
