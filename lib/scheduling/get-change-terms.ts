import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { loadTerms } from "./load-terms";
import type { ChangeTerms } from "./schemas";

/** What cancelling and moving a booking would mean now. Throws `not_found`. */
export async function getChangeTerms(
  ctx: Context,
  bookingId: string,
): Promise<{ cancel: ChangeTerms; move: ChangeTerms }> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => ({
    cancel: await loadTerms(ctx, tx, bookingId, "cancel"),
    move: await loadTerms(ctx, tx, bookingId, "move"),
  }));
}
