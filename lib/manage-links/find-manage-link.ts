import type { Database } from "@/db/client";
import { findManageLink as findByHash } from "@/db/system";
import type { Clock } from "@/lib/platform/clock";
import { sha256Hex } from "@/lib/platform/crypto";
import { hasExpired } from "./rules/link-life";

const TOKEN = /^[\w-]{43}$/;

/**
 * The booking a link's token is for; undefined for one that is unknown, expired, or whose booking was erased, which nobody can tell apart.
 * Looked up by hash, so that how long it takes says nothing about the token.
 */
export async function findManageLink(
  at: { database: Database; clock: Clock },
  token: string,
): Promise<{ orgId: string; bookingId: string } | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const found = await findByHash(at.database, sha256Hex(token));
  if (!found || hasExpired(found.endsAt, at.clock.now())) return undefined;
  return { orgId: found.orgId, bookingId: found.bookingId };
}
