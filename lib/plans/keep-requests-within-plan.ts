import type { Context } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { type RateLimiter, type RateLimitState, sayWait } from "@/lib/platform/rate-limit";
import { findPlanOf } from "./find-plan-of";
import { tooManyRequests } from "./rules/within-plan";

const MINUTE = 60;

/**
 * Counts a request that the organisation makes of us by its plan's requests a minute, and says what is left; undefined where no plan limits them.
 * Never asked for what a provider sends or a caller does. `of` is counted apart from all else: an address that others may have, who are told
 * nothing of the plan. Throws `rate_limited` with when to come back; `changeAt` is told along with it.
 */
export async function keepRequestsWithinPlan(
  ctx: Context,
  limiter: RateLimiter,
  { of, changeAt }: { of?: string; changeAt?: string } = {},
): Promise<RateLimitState | undefined> {
  const plan = await findPlanOf(ctx);
  if (!plan) return undefined;
  const limit = { limit: plan.entitlements.requestsPerMinute, windowSeconds: MINUTE };
  const outcome = await limiter.limit(`requests:${ctx.orgId}${of ? `:${of}` : ""}`, limit);
  const state = { policy: of ? "address" : "plan", ...limit, ...outcome };
  if (outcome.allowed) return state;
  const { retryAfterSeconds } = outcome;
  if (of)
    throw new AppError("rate_limited", `Too many requests. Try again in ${sayWait(retryAfterSeconds)}.`, {
      retryAfterSeconds,
      rateLimit: state,
    });
  throw new AppError("rate_limited", tooManyRequests(plan, sayWait(retryAfterSeconds)), {
    retryAfterSeconds,
    rateLimit: state,
    beyondPlan: { plan: plan.name, what: "requestsPerMinute", allows: limit.limit, changeAt },
  });
}
