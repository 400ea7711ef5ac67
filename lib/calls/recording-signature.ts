import type { Context } from "@/lib/platform/context";
import { hmacSha256, safeEqual } from "@/lib/platform/crypto";

/** How long an address of a recording works. */
export const recordingUrlSeconds = 600;

type Signed = { expires: string; signature: string };

const sign = (ctx: Context, callId: string, expires: string): string =>
  hmacSha256(ctx.keys.urls, `recording|${ctx.orgId}|${callId}|${expires}`).toString("base64url");

/** What must stand in the query of a recording's address for the next ten minutes, besides being signed in as a member. */
export function signRecording(ctx: Context, callId: string): Signed {
  const expires = String(Math.floor(ctx.clock.now().getTime() / 1000) + recordingUrlSeconds);
  return { expires, signature: sign(ctx, callId, expires) };
}

/** False for an altered, foreign or expired signature, and for one that claims to last longer than any of ours. */
export function isRecordingSigned(ctx: Context, callId: string, { expires, signature }: Signed): boolean {
  if (!/^\d{1,12}$/.test(expires)) return false;
  const secondsLeft = Number(expires) - ctx.clock.now().getTime() / 1000;
  return secondsLeft > 0 && secondsLeft <= recordingUrlSeconds && safeEqual(signature, sign(ctx, callId, expires));
}
