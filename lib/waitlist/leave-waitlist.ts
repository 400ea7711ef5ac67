import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { closeOffer } from "./close-offer";
import { readOffers } from "./find-offer";

/** Takes somebody off the list; an open offer goes to the next. Whoever does not wait (any more) is left as they are. */
export async function leaveWaitlist(ctx: Context, input: { entryId: string }): Promise<void> {
  authorise(ctx, "bookings.write");
  await inTenant(ctx, async (tx, joined) => {
    const { rows } = await tx.execute(sql`
      update waitlist_entries set status = 'left', updated_at = ${ctx.clock.now().toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and id = ${input.entryId} and status = 'waiting' returning id`);
    if (rows.length === 0) return;
    const open = sql`f.entry_id = ${input.entryId} and f.status = 'open'`;
    for (const offer of await readOffers(ctx, tx, open, { isLocked: true }))
      await closeOffer(joined, offer, "withdrawn");
    await recordChange(ctx, tx, {
      action: "waitlist.left",
      subject: { kind: "waitlist_entry", id: input.entryId },
      payload: { entryId: input.entryId },
    });
  });
}
