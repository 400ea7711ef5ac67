import type { Tx } from "@/db/client";
import { offerLinks } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { newId } from "@/lib/platform/ids";

/**
 * Makes a link with which whoever holds it may take or decline this one offer. `token` (256 random bits, base64url) belongs into the address
 * /offer/<token> and exists nowhere else: only its hash is kept, so every call makes another link, and all of them work.
 */
export async function createOfferLink(ctx: Context, tx: Tx, offerId: string): Promise<{ token: string }> {
  const token = randomToken();
  const tokenHash = sha256Hex(token);
  await tx
    .insert(offerLinks)
    .values({ id: newId("offerLink"), orgId: ctx.orgId, offerId, tokenHash, createdAt: ctx.clock.now() });
  return { token };
}
