import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { releaseHold } from "@/lib/scheduling";
import { closeOffer } from "./close-offer";
import { readOffers } from "./find-offer";

/**
 * Ends a hold that has run out, and the offer it was for; whoever waits for its time hears of it by the event. Correctness does not wait
 * for this: an expired hold keeps nobody out and an expired offer cannot be accepted.
 */
export async function endDueHold(ctx: Context, holdId: string): Promise<void> {
  authorise(ctx, "bookings.write");
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, async (tx, joined) => {
    const due = sql`f.hold_id = ${holdId} and f.status = 'open' and f.expires_at <= ${now}::timestamptz`;
    const [offer] = await readOffers(ctx, tx, due, { isLocked: true });
    if (offer) return closeOffer(joined, offer, "expired");
    const { rows } = await tx.execute(sql`
      select id from bookings where org_id = ${ctx.orgId} and id = ${holdId} and status = 'held' and hold_expires_at <= ${now}::timestamptz
      for update`);
    if (rows.length > 0) await releaseHold(joined, { holdId });
  });
}
