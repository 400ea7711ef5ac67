import type { Database } from "@/db/client";
import { findOfferLink as findByHash } from "@/db/system";
import type { Clock } from "@/lib/platform/clock";
import { sha256Hex } from "@/lib/platform/crypto";

const TOKEN = /^[\w-]{43}$/;

/**
 * The offer a link's token is for; undefined for one that is unknown, whose time has begun, or whose contact was erased, which nobody can
 * tell apart. Looked up by hash, so that how long it takes says nothing about the token.
 */
export async function findOfferLink(
  at: { database: Database; clock: Clock },
  token: string,
): Promise<{ orgId: string; offerId: string } | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const found = await findByHash(at.database, sha256Hex(token));
  if (!found || found.startsAt <= at.clock.now()) return undefined;
  return { orgId: found.orgId, offerId: found.offerId };
}
