import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { loadSiblings } from "./load-siblings";
import { loadTerms } from "./load-terms";
import type { ChangeTerms, SeriesScope } from "./schemas";

const asRead = { isLocked: false };

/** What cancelling and moving a booking would mean now. Throws `not_found`. */
export async function getChangeTerms(
  ctx: Context,
  bookingId: string,
): Promise<{ cancel: ChangeTerms; move: ChangeTerms }> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => ({
    cancel: await loadTerms(ctx, tx, bookingId, "cancel", asRead),
    move: await loadTerms(ctx, tx, bookingId, "move", asRead),
  }));
}

/** What cancelling part of a series would mean now, the fees added up, and of how many bookings. Throws `not_found`. */
export async function getSeriesTerms(
  ctx: Context,
  bookingId: string,
  scope: SeriesScope,
): Promise<{ terms: ChangeTerms; count: number }> {
  authorise(ctx, "read");
  return inTenant(ctx, async (_, joined) => {
    const { siblings, together } = await loadSiblings(joined, bookingId, scope, "cancel", asRead);
    return { terms: together, count: siblings.length };
  });
}
