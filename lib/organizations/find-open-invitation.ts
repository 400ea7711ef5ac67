import type { Database } from "@/db/client";
import { findInvitation, type InvitationRef } from "@/db/system";
import type { Clock } from "@/lib/platform/clock";
import { sha256Hex } from "@/lib/platform/crypto";

export type InvitationState = "open" | "expired" | "accepted" | "revoked";

/** What a link's token leads to, whoever holds it; undefined for a token that was never given out. */
export async function findOpenInvitation(
  at: { database: Database; clock: Clock },
  token: string,
): Promise<{ invitation: InvitationRef; state: InvitationState } | undefined> {
  if (!/^[\w-]{20,100}$/.test(token)) return undefined;
  const invitation = await findInvitation(at.database, sha256Hex(token));
  if (!invitation) return undefined;
  const state = invitation.acceptedAt
    ? "accepted"
    : invitation.revokedAt
      ? "revoked"
      : invitation.expiresAt <= at.clock.now()
        ? "expired"
        : "open";
  return { invitation, state };
}
