import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { closeOffer } from "./close-offer";
import { readOffers } from "./find-offer";

/** Somebody does not want the time they were offered: it goes to the next at once, they keep their place. Throws `not_found`. */
export async function declineOffer(ctx: Context, input: { offerId: string }): Promise<void> {
  authorise(ctx, "bookings.write");
  await inTenant(ctx, async (tx, joined) => {
    const [offer] = await readOffers(ctx, tx, sql`f.id = ${input.offerId}`, { isLocked: true });
    if (!offer) throw notFound("This offer");
    await closeOffer(joined, offer, "declined");
  });
}
