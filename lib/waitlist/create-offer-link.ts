import type { Tx } from "@/db/client";
import { offerLinks } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { sha256Hex, tokenFor } from "@/lib/platform/crypto";
import { newId } from "@/lib/platform/ids";

/**
 * The link with which whoever holds it may take or decline this one offer. `token` (256 bits nobody can guess, base64url) belongs into the
 * address /offer/<token> and exists nowhere else: only its hash is kept. Asked again, it is the same link.
 */
export async function createOfferLink(ctx: Context, tx: Tx, offerId: string): Promise<{ token: string }> {
  const token = tokenFor(ctx.keys.urls, "offer link", ctx.orgId, offerId);
  const tokenHash = sha256Hex(token);
  await tx
    .insert(offerLinks)
    .values({ id: newId("offerLink"), orgId: ctx.orgId, offerId, tokenHash, createdAt: ctx.clock.now() })
    .onConflictDoNothing({ target: offerLinks.tokenHash });
  return { token };
}
