import type { Context } from "@/lib/platform/context";
import type { LimitedBecause } from "../rules/standing";
import { readStanding } from "./read-standing";

/**
 * Why a call that comes in cannot be served in full, undefined where it can: the organisation is limited, or as many calls as its plan allows
 * are being answered. `externalId` is the call's own at the provider.
 */
export async function findCallLimit(
  ctx: Context,
  { externalId }: { externalId: string | undefined },
): Promise<LimitedBecause | "calls_at_once" | undefined> {
  const now = await readStanding(ctx, { besides: externalId ?? "" });
  if (!now) return undefined;
  if (now.standing.state === "limited") return now.standing.because;
  const isFull = !now.isDemo && now.callsInProgress >= now.plan.entitlements.callsAtOnce;
  return isFull ? "calls_at_once" : undefined;
}
