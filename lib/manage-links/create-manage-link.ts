import { manageLinks } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { randomToken, sha256Hex, tokenFor } from "@/lib/platform/crypto";
import { newId } from "@/lib/platform/ids";
import { getBooking } from "@/lib/scheduling";

/**
 * Makes a link with which whoever holds it may see, move and cancel this one booking until a week after it. `token` (256 random bits,
 * base64url) belongs into the address /manage/<token> and exists nowhere else: only its hash is kept. Every call makes another link, and all of
 * them work; `cause` names what one is for (a letter, a form that was sent), and asked again for the same it is the same link, noted once.
 * `submissionHash` names the form that made the booking. Throws `not_found`.
 */
export async function createManageLink(
  ctx: Context,
  input: { bookingId: string; submissionHash?: string; cause?: string },
): Promise<{ token: string }> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx, joined) => {
    const booking = await getBooking(joined, input.bookingId);
    const { cause } = input;
    const token = cause ? tokenFor(ctx.keys.urls, "manage link", ctx.orgId, booking.id, cause) : randomToken();
    const made = await tx
      .insert(manageLinks)
      .values({
        id: newId("manageLink"),
        orgId: ctx.orgId,
        bookingId: booking.id,
        tokenHash: sha256Hex(token),
        submissionHash: input.submissionHash ?? null,
        createdAt: ctx.clock.now(),
      })
      .onConflictDoNothing({ target: manageLinks.tokenHash })
      .returning({ id: manageLinks.id });
    if (made.length === 0) return { token };
    await recordChange(ctx, tx, {
      action: "booking.link_created",
      subject: { kind: "booking", id: booking.id },
      payload: { bookingId: booking.id },
    });
    return { token };
  });
}
